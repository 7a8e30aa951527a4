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
import org.visionfashion.base.Wildcard;
import org.visionfashion.config.InitConfig;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.TokenizerFiles;
import org.visionfashion.model.Architecture.Vocabulary;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.PositionResampling.Grid;
import org.visionfashion.weights.pretrained.Pretrained.Part;

/** The published weights that a new model starts from, and the vocabulary that comes with them. */
public final class InitialWeights implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(InitialWeights.class);

  private static final String EMBEDDINGS = "text_encoder.embeddings.";

  private final List<Pretrained> files = new ArrayList<>();
  private final List<String> ignored;
  private Optional<SentenceTransformer> sentences = Optional.empty();
  private Optional<PublishedModel> published = Optional.empty();

  private InitialWeights(InitConfig config) {
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
  public static InitialWeights open(InitConfig config, Locator locator) throws IOException {
    InitialWeights start = new InitialWeights(config);
    try {
      start.add(config.image(), Part.IMAGE, locator);
      start.add(config.text(), Part.TEXT, locator);
      start.addWhole(config, locator);
      return start;
    } catch (IOException | RuntimeException e) {
      start.close();
      throw e;
    }
  }

  private void addWhole(InitConfig config, Locator locator) throws IOException {
    if (!InitConfig.isRandom(config.whole())) {
      Path place = locator.locate(config.whole());
      if (PublishedModel.isOne(place)) {
        if (!files.isEmpty()) {
          throw new UserError(
              "model.init names a whole published model, %s: model.image.init and model.text.init"
                      .formatted(config.whole())
                  + " cannot go with it");
        }
        published = Optional.of(PublishedModel.open(place, config.activation()));
      } else {
        files.add(Pretrained.open(place, Part.WHOLE));
      }
    }
  }

  /** The published model that everything follows from, where {@code model.init} names one. */
  public Optional<PublishedModel> published() {
    return published;
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
    for (String module : sentences.map(SentenceTransformer::ignored).orElse(List.of())) {
      LOG.warn("{}: {} is ignored; text_projection is used instead", place, module);
    }
    return Files.isDirectory(place)
        ? sentences.map(SentenceTransformer::weights).orElse(place)
        : place;
  }

  /** The files, the towers' before the whole model's. */
  public List<Pretrained> files() {
    return List.copyOf(files);
  }

  private Optional<Pretrained> of(Part part) {
    return files.stream().filter(file -> part.prefix().startsWith(file.prefix())).findFirst();
  }

  /**
   * The tokenizer that the text tower was trained with.
   *
   * @throws UserError where there is a text tower, but no tokenizer beside it
   */
  public Optional<Tokenizer> tokenizer(int maxTokens) {
    if (published.isPresent()) {
      return published.map(PublishedModel::tokenizer);
    }
    return of(Part.TEXT).map(file -> Tokenizer.open(tokenizerBeside(file.path()), maxTokens));
  }

  private static Path tokenizerBeside(Path weights) {
    Path folder = WeightsFiles.folder(weights);
    return TokenizerFiles.in(folder)
        .orElseThrow(
            () ->
                new UserError(
                    folder
                        + " has no tokenizer.json; copy the one there that the text tower was"
                        + " trained with, or its vocab.txt"));
  }

  /** The sizes of the text tower's embedding tables. */
  public Optional<Vocabulary> vocabulary() {
    return of(Part.TEXT)
        .map(
            file ->
                new Vocabulary(
                    rows(file, "word_embeddings.weight"),
                    rows(file, "position_embeddings.weight"),
                    rows(file, "token_type_embeddings.weight")));
  }

  private static int rows(Pretrained file, String table) {
    TensorInfo info = file.tensors().inFile(EMBEDDINGS + table);
    if (info.shape().length != 2) {
      throw new UserError(
          "%s: %s is %s, not a table".formatted(file.path(), info.name(), info.shapeText()));
    }
    return info.size(0);
  }

  /**
   * First values of a model, once all that the files have is known to fit: their tensors, and what
   * is said beside them.
   *
   * @param others values of all that no file has
   * @throws UserError naming the tensors that do not fit, or the keys that contradict
   */
  public ParameterValues values(ModelDescription model, ParameterValues others) throws IOException {
    if (published.isPresent()) {
      return published.get().values(others);
    }
    ParameterValues values =
        new PretrainedValues(
            files,
            DualEncoder.shapes(model.architecture()),
            Grid.of(model.architecture().image()),
            name -> ignored.stream().anyMatch(pattern -> Wildcard.matches(pattern, name)),
            others);
    requireAgreement(model);
    return values;
  }

  /**
   * Compares a model with the configuration beside its weights, where there is one: what no shape
   * shows, such as the number of heads, the activation, mean and deviation of the pixels and how
   * sentences are pooled, and the sizes. {@code model.ignore} excuses a file by its name.
   *
   * @throws UserError naming all that differs
   */
  void requireAgreement(ModelDescription model) throws IOException {
    List<String> problems = new ArrayList<>();
    Optional<Pretrained> image = of(Part.IMAGE);
    if (image.isPresent()) {
      problems.addAll(image.get().contradictions(model, ignored));
    }
    of(Part.TEXT)
        .map(Pretrained::config)
        .filter(config -> !ignored.contains(config.name()))
        .ifPresent(config -> problems.addAll(config.contradictions(model.architecture().text())));
    if (sentences.isPresent() && !excusesPooling()) {
      sentences.get().problem(model.architecture().text().pooling()).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new UserError(
          "the configuration contradicts the weights: %s; correct these keys, or excuse the file by"
                  .formatted(String.join("; ", problems))
              + " its name in model.ignore");
    }
  }

  private boolean excusesPooling() {
    return sentences
        .flatMap(SentenceTransformer::pooling)
        .filter(file -> ignored.stream().anyMatch(pattern -> Wildcard.matches(pattern, file)))
        .isPresent();
  }

  @Override
  public void close() throws IOException {
    for (Pretrained file : files) {
      file.close();
    }
    if (published.isPresent()) {
      published.get().close();
    }
  }
}
