package org.visionfashion.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.visionfashion.config.Config;
import org.visionfashion.config.ContrastiveConfig;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.config.FinetuneConfig;
import org.visionfashion.config.LayerRatesConfig;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Examples;
import org.visionfashion.data.ItemCounts;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Split;
import org.visionfashion.eval.Count;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Part;
import org.visionfashion.eval.Provenance;
import org.visionfashion.model.Architecture;
import org.visionfashion.report.table.Table;
import org.visionfashion.weights.checkpoint.ModelDescription;

/**
 * {@code README.md} of a checkpoint folder in the form of Hugging Face's model cards: front matter
 * for machines, then what the model is for, what it is made of and what it can do.
 */
public final class ModelCard {

  private static final Template CARD = Template.plain("model-card");
  private static final Template SCORES = Template.plain("model-scores");

  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---\\n(.*?)---\\n", Pattern.DOTALL);

  /** The last key of the front matter. */
  private static final Pattern RESULTS =
      Pattern.compile("^model-index:.*", Pattern.DOTALL | Pattern.MULTILINE);

  /** The part that an evaluation replaces; older cards have another title. */
  private static final Pattern EVALUATION =
      Pattern.compile(
          "^## (Evaluation|Scores on the test split)\\n.*?(?=^## |\\z)",
          Pattern.DOTALL | Pattern.MULTILINE);

  private static final int CAPTIONS = 4;
  private static final int LONGEST = 160;

  private ModelCard() {}

  /** What the card's template sees; drawn data have no licence to ask for. */
  record Card(
      String name,
      boolean heads,
      boolean drawn,
      Model model,
      Data data,
      List<String> training,
      List<Provenance.Fact> provenance) {}

  /** What the model is made of; height and width of a picture are in pixels. */
  record Model(
      String imageTower,
      String textTower,
      String embedding,
      int maxTokens,
      int height,
      int width) {}

  /**
   * What it was trained on.
   *
   * @param facts source, counts, labels and split, one a line
   * @param captions some of those of training
   */
  record Data(String name, List<String> facts, List<String> captions) {}

  /** What the template of the evaluation sees. */
  record Scores(
      String split,
      String data,
      String pictures,
      String date,
      String weights,
      List<Table> tables,
      boolean cautioned,
      List<String> cautions) {}

  /**
   * The card of a model that is not evaluated yet.
   *
   * @param name of the run
   * @param config that it was trained with
   * @param dataset that it was trained on
   */
  public static String text(
      String name, ModelDescription description, Config config, Dataset dataset) {
    boolean drawn = config.data().source() == Source.DEMO;
    boolean heads = !ModelDescription.STAGE_ONE.equals(description.provenance().get("stage"));
    Card card =
        new Card(
            name,
            heads,
            drawn,
            model(description),
            new Data(dataset.name(), facts(config, dataset), captions(dataset)),
            training(config, heads),
            facts(description.provenance()));
    return FrontMatter.of(drawn ? "mit" : "other", dataset.name()) + CARD.fill(card);
  }

  /** The card with other scores in the place of those it had; nothing else of it is touched. */
  public static String withScores(String card, String name, Evaluation evaluation) {
    String scores = "## Evaluation\n\n" + SCORES.fill(scores(evaluation)).strip() + "\n\n";
    Matcher part = EVALUATION.matcher(card);
    String text =
        part.find()
            ? card.substring(0, part.start()) + scores + card.substring(part.end())
            : card.stripTrailing() + "\n\n" + scores;
    return withResults(text.stripTrailing() + "\n", FrontMatter.results(name, evaluation));
  }

  private static String withResults(String card, String results) {
    Matcher front = FRONT_MATTER.matcher(card);
    if (!front.find()) {
      return card;
    }
    String kept = RESULTS.matcher(front.group(1)).replaceFirst("");
    return "---\n" + kept + results + "---\n" + card.substring(front.end());
  }

  private static Scores scores(Evaluation evaluation) {
    List<Table> tables = new ArrayList<>(ScoreTables.of(evaluation));
    tables.addAll(RetrievalSections.slices(evaluation.details().slices()));
    return new Scores(
        Part.words(evaluation.split()),
        evaluation.provenance().dataset(),
        evaluation.pictures().text(),
        evaluation.provenance().day(),
        evaluation.provenance().model().weights(),
        tables,
        !evaluation.allCautions().isEmpty(),
        evaluation.allCautions());
  }

  private static Model model(ModelDescription description) {
    Architecture architecture = description.architecture();
    Architecture.ImageTower image = architecture.image();
    Architecture.TextTower text = architecture.text();
    return new Model(
        "Vision Transformer, patch %d, width %d, %d layers, %d heads"
            .formatted(image.patch(), image.hidden(), image.layers(), image.heads()),
        "BERT, vocabulary %d, width %d, %d layers, %d heads"
            .formatted(text.vocabulary().tokens(), text.hidden(), text.layers(), text.heads()),
        "%d dimensions, unit length".formatted(architecture.embeddingSize()),
        description.maxTokens(),
        image.height(),
        image.width());
  }

  private static List<String> facts(Config config, Dataset dataset) {
    LabelScheme scheme = dataset.scheme();
    return List.of(
        "source: %s (%s)".formatted(dataset.name(), label(config.data().source())),
        String.format(
            Locale.ROOT,
            "pictures: %,d training, %,d validation, %,d test; %,d of all with a caption, %,d captions",
            dataset.split(Split.TRAIN).size(),
            dataset.split(Split.VALIDATION).size(),
            dataset.split(Split.TEST).size(),
            dataset.examples().where(dataset.examples()::hasCaption).size(),
            dataset.examples().captionCount()),
        "labels: %s, %s"
            .formatted(
                scheme.categories().size() == 1
                    ? "1 category"
                    : scheme.categories().size() + " categories",
                Count.of(scheme.attributeCount(), "attribute")),
        "split: %s; %s".formatted(label(config.data().split()), shared(dataset)));
  }

  private static String label(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** How far the items of the test split are new to the model. */
  private static String shared(Dataset dataset) {
    ItemCounts items = dataset.items();
    return items.tested() == 0
        ? "no items are known"
        : String.format(
            Locale.ROOT,
            "%,d of %,d test items also have pictures in the training split",
            items.seen(),
            items.tested());
  }

  /** A few captions of training, from all over it. */
  private static List<String> captions(Dataset dataset) {
    Examples train = dataset.split(Split.TRAIN);
    Set<String> some = new LinkedHashSet<>();
    int step = Math.max(1, train.size() / CAPTIONS);
    for (int start = 0; start < train.size() && some.size() < CAPTIONS; start += step) {
      IntStream.range(start, Math.min(start + step, train.size()))
          .mapToObj(train::caption)
          .filter(caption -> !caption.isEmpty() && !some.contains(caption))
          .findFirst()
          .ifPresent(some::add);
    }
    return some.stream()
        .map(caption -> caption.replaceAll("\\s+", " ").replace('`', '\''))
        .map(caption -> caption.length() > LONGEST ? caption.substring(0, LONGEST) + "…" : caption)
        .toList();
  }

  private static String objective(ObjectiveConfig objective) {
    return "%s, temperature %s%s%s%s"
        .formatted(
            objective.loss() == ObjectiveConfig.Loss.INFONCE ? "InfoNCE" : "sigmoid loss",
            objective.temperature(),
            objective.learnableTemperature() ? " initially, learned" : "",
            objective.labelSmoothing() > 0 ? ", label smoothing " + objective.labelSmoothing() : "",
            switch (objective.multiPositive()) {
              case TRUE -> ", identical captions count as positives";
              case AUTO -> ", identical captions count as positives where they are class names";
              case FALSE -> "";
            });
  }

  private static List<String> training(Config config, boolean heads) {
    ContrastiveConfig one = config.contrastive();
    List<String> lines = new ArrayList<>();
    lines.add(
        "stage one, %s on both towers: %s, batch %d, %s%s"
            .formatted(
                objective(one.objective()),
                Count.of(one.epochs(), "epoch"),
                one.batch(),
                optimizer(one.optimizer()),
                one.averageWithStart() ? ", averaged with the weights it started from" : ""));
    if (heads) {
      FinetuneConfig two = config.finetune();
      lines.add(
          "stage two, category and attributes: %s, batch %d, towers %s, %s"
              .formatted(
                  Count.of(two.epochs(), "epoch"),
                  two.batch(),
                  two.encoders().name().toLowerCase(Locale.ROOT),
                  optimizer(two.optimizer())));
    }
    lines.add(
        "precision of the matrix products: %s; seed %d"
            .formatted(
                config.run().precision().name().toLowerCase(Locale.ROOT), config.run().seed()));
    return lines;
  }

  private static String optimizer(OptimizerConfig optimizer) {
    List<String> facts = new ArrayList<>();
    facts.add(
        "AdamW, learning rate %s (%s, warm-up %s), weight decay %s"
            .formatted(
                BigDecimal.valueOf(optimizer.lr()).stripTrailingZeros().toPlainString(),
                optimizer.schedule().name().toLowerCase(Locale.ROOT),
                optimizer.warmup(),
                optimizer.weightDecay()));
    LayerRatesConfig rates = optimizer.rates();
    if (rates.layerDecay() < 1) {
      facts.add("layer decay " + rates.layerDecay());
    }
    if (rates.imageFactor() != 1 || rates.textFactor() != 1 || rates.headsFactor() != 1) {
      facts.add(
          "rates times %s (image tower), %s (text tower), %s (the rest)"
              .formatted(rates.imageFactor(), rates.textFactor(), rates.headsFactor()));
    }
    if (!rates.freeze().isEmpty()) {
      facts.add("frozen: " + String.join(" ", rates.freeze()));
    }
    if (rates.loraRank() > 0) {
      facts.add("LoRA of rank " + rates.loraRank());
    }
    if (optimizer.averageDecay() > 0) {
      facts.add("moving average of weights, decay " + optimizer.averageDecay());
    }
    return String.join(", ", facts);
  }

  private static List<Provenance.Fact> facts(Map<String, String> provenance) {
    return provenance.entrySet().stream()
        .map(fact -> new Provenance.Fact(fact.getKey(), fact.getValue()))
        .toList();
  }
}
