package org.visionfashion.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.visionfashion.config.Config;
import org.visionfashion.config.ContrastiveConfig;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.config.FinetuneConfig;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Split;
import org.visionfashion.eval.Count;
import org.visionfashion.eval.Evaluation;
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

  private ModelCard() {}

  /** What the card's template sees. */
  record Card(
      String name,
      boolean heads,
      int maxTokens,
      int height,
      int width,
      String imageTower,
      String textTower,
      String embedding,
      String data,
      String split,
      List<String> training,
      List<Provenance.Fact> provenance,
      boolean restricted,
      String dataset) {}

  /** What the template of the evaluation sees. */
  record Scores(
      String split,
      String data,
      String pictures,
      String date,
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
    Architecture architecture = description.architecture();
    boolean heads = !ModelDescription.STAGE_ONE.equals(description.provenance().get("stage"));
    Card card =
        new Card(
            name,
            heads,
            description.maxTokens(),
            architecture.image().height(),
            architecture.image().width(),
            imageTower(architecture.image()),
            textTower(architecture.text(), description.maxTokens()),
            "%d dimensions, unit length; categories: %d; attributes: %d"
                .formatted(
                    architecture.embeddingSize(),
                    architecture.categories(),
                    architecture.attributes()),
            data(dataset),
            split(config),
            training(config, heads),
            facts(description.provenance()),
            !drawn,
            dataset.name());
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
    if (evaluation.retrieval() != null) {
      tables.addAll(RetrievalSections.slices(evaluation.retrieval().slices()));
    }
    return new Scores(
        evaluation.split(),
        evaluation.provenance().dataset(),
        Count.of(evaluation.examples(), "picture"),
        evaluation.provenance().day(),
        tables,
        !evaluation.allCautions().isEmpty(),
        evaluation.allCautions());
  }

  private static String imageTower(Architecture.ImageEncoder image) {
    return "Vision Transformer, %d x %d pixels (height x width), patch %d, width %d, %d layers, %d heads"
        .formatted(
            image.height(),
            image.width(),
            image.patch(),
            image.hidden(),
            image.layers(),
            image.heads());
  }

  private static String textTower(Architecture.TextEncoder text, int maxTokens) {
    return "BERT, vocabulary %d, width %d, %d layers, %d heads, at most %d tokens"
        .formatted(text.vocabulary(), text.hidden(), text.layers(), text.heads(), maxTokens);
  }

  private static String data(Dataset dataset) {
    return String.format(
        Locale.ROOT,
        "%s, %,d training, %,d validation and %,d test pictures",
        dataset.name(),
        dataset.split(Split.TRAIN).size(),
        dataset.split(Split.VALIDATION).size(),
        dataset.split(Split.TEST).size());
  }

  private static String split(Config config) {
    return switch (config.data().split()) {
      case AUTO, ITEM -> "split by item: no item of the test split is in the training split";
      case RANDOM ->
          "split at random: the training split may contain other pictures of a test item";
      case GIVEN -> "split as given by the data set";
    };
  }

  private static String objective(ObjectiveConfig objective) {
    return "%s, temperature %s%s%s%s"
        .formatted(
            objective.loss() == ObjectiveConfig.Loss.INFONCE ? "InfoNCE" : "sigmoid loss",
            objective.temperature(),
            objective.learnableTemperature() ? " initially, learned" : "",
            objective.labelSmoothing() > 0 ? ", label smoothing " + objective.labelSmoothing() : "",
            objective.multiPositive() ? ", identical captions count as positives" : "");
  }

  private static List<String> training(Config config, boolean heads) {
    ContrastiveConfig one = config.contrastive();
    List<String> lines = new ArrayList<>();
    lines.add(
        "stage one, %s on both towers: %s, batch %d, %s"
            .formatted(
                objective(one.objective()),
                Count.of(one.epochs(), "epoch"),
                one.batch(),
                optimizer(one.optimizer())));
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
    return "AdamW, learning rate %s (%s, warm-up %s), weight decay %s"
        .formatted(
            BigDecimal.valueOf(optimizer.lr()).stripTrailingZeros().toPlainString(),
            optimizer.schedule().name().toLowerCase(Locale.ROOT),
            optimizer.warmup(),
            optimizer.weightDecay());
  }

  private static List<Provenance.Fact> facts(Map<String, String> provenance) {
    return provenance.entrySet().stream()
        .map(fact -> new Provenance.Fact(fact.getKey(), fact.getValue()))
        .toList();
  }
}
