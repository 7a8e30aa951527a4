package org.visionfashion.weights.pretrained;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.InitConfig;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.TokenizerFiles;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.Vocabulary;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.PositionResampling.Grid;
import org.visionfashion.weights.pretrained.Pretrained.Part;

/** The published weights that a new model starts from, and the vocabulary that comes with them. */
public final class StartingPoint implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(StartingPoint.class);

  private static final String IMAGE = "image_encoder.";
  private static final String TEXT = "text_encoder.";
  private static final String EMBEDDINGS = TEXT + "embeddings.";

  private final List<Pretrained> files = new ArrayList<>();
  private final List<String> ignored;
  private Optional<SentenceTransformer> sentences = Optional.empty();

  private StartingPoint(InitConfig config) {
    this.ignored = config.ignored();
  }

  /** Finds the file or folder that a configuration means. */
  @FunctionalInterface
  public interface Locator {
    Path locate(String init) throws IOException;
  }

  /**
   * Opens what the configuration names; nothing where all starts from random weights.
   *
   * @throws UserError where something is not what it should be
   */
  public static StartingPoint open(InitConfig config, Locator locator) throws IOException {
    StartingPoint start = new StartingPoint(config);
    try {
      start.add(config.image(), Part.IMAGE, locator);
      start.add(config.text(), Part.TEXT, locator);
      start.add(config.whole(), Part.WHOLE, locator);
      return start;
    } catch (IOException | RuntimeException e) {
      start.close();
      throw e;
    }
  }

  private void add(String init, Part part, Locator locator) throws IOException {
    if (InitConfig.isRandom(init)) {
      return;
    }
    Path place = locator.locate(init);
    files.add(Pretrained.open(part == Part.TEXT ? textTower(place) : place, part));
  }

  private Path textTower(Path place) throws IOException {
    sentences = SentenceTransformer.beside(place);
    sentences.ifPresent(modules -> tellWhatIsLeftOut(modules, place));
    return Files.isDirectory(place)
        ? sentences.map(SentenceTransformer::weights).orElse(place)
        : place;
  }

  private static void tellWhatIsLeftOut(SentenceTransformer sentences, Path place) {
    for (String module : sentences.leftOut()) {
      LOG.warn("{}: {} is left out, text_projection stands in its place", place, module);
    }
  }

  /** The files, the towers' before the whole model's. */
  public List<Pretrained> files() {
    return List.copyOf(files);
  }

  private Optional<Pretrained> image() {
    return files.stream().filter(file -> IMAGE.startsWith(file.prefix())).findFirst();
  }

  private Optional<Pretrained> text() {
    return files.stream().filter(file -> TEXT.startsWith(file.prefix())).findFirst();
  }

  /**
   * The tokenizer that the text tower was trained with.
   *
   * @throws UserError where there is a text tower, but no tokenizer beside it
   */
  public Optional<Tokenizer> tokenizer(int maxTokens) {
    return text().map(file -> Tokenizer.open(tokenizerBeside(file.path()), maxTokens));
  }

  private static Path tokenizerBeside(Path weights) {
    Path folder = WeightsFiles.folder(weights);
    return TokenizerFiles.in(folder)
        .orElseThrow(
            () ->
                new UserError(
                    folder
                        + " has no tokenizer.json; put the one there that the text tower was"
                        + " trained with, or its vocab.txt"));
  }

  /** The sizes of the text tower's embedding tables. */
  public Optional<Vocabulary> vocabulary() {
    return text()
        .map(
            file ->
                new Vocabulary(
                    rows(file, "word_embeddings.weight"),
                    rows(file, "position_embeddings.weight"),
                    rows(file, "token_type_embeddings.weight")));
  }

  private static int rows(Pretrained file, String table) {
    TensorInfo info = file.tensors().info(EMBEDDINGS + table);
    if (info.shape().length != 2) {
      throw new UserError(
          "%s: %s is %s, not a table"
              .formatted(file.path(), file.tensors().nameInFile(info.name()), info.shapeText()));
    }
    return info.size(0);
  }

  /**
   * First values of a model.
   *
   * @param others values of all that no file has
   * @param grid patches of the model's pictures
   */
  public PretrainedValues values(ParameterValues others, Grid grid) {
    return new PretrainedValues(files, others, grid, ignored);
  }

  /**
   * Compares a model with what is said beside its weights and no shape shows: the number of heads,
   * the activation, how sentences are pooled.
   *
   * @throws UserError naming all that differs
   */
  public void requireAgreement(Architecture model) throws IOException {
    List<String> problems = new ArrayList<>();
    image().ifPresent(file -> problems.addAll(file.config().contradictions(model.image())));
    text().ifPresent(file -> problems.addAll(file.config().contradictions(model.text())));
    if (sentences.isPresent() && !excusesPooling()) {
      sentences.get().problem(model.text().pooling()).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new UserError("the weights are of another model: " + String.join("; ", problems));
    }
  }

  private boolean excusesPooling() {
    return sentences
        .flatMap(SentenceTransformer::pooling)
        .filter(NamePatterns.of(ignored)::match)
        .isPresent();
  }

  @Override
  public void close() throws IOException {
    for (Pretrained file : files) {
      file.close();
    }
  }
}
