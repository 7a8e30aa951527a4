package org.visionfashion.weights.checkpoint;

import ai.djl.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.visionfashion.base.UserError;
import org.visionfashion.data.image.EvalTransform;
import org.visionfashion.data.loader.Tokens;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Placement;

/** A model with all that is needed to feed it: tokenizer, picture transform, placement. */
public final class Checkpoint implements AutoCloseable {

  private final DualEncoder model;
  private final Tokenizer tokenizer;
  private final ModelDescription description;
  private final EvalTransform transform;
  private final Placement placement;

  /** Takes over model and tokenizer: both are closed with the checkpoint. */
  public Checkpoint(DualEncoder model, Tokenizer tokenizer, ModelDescription description) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.description = description;
    Architecture.ImageTower image = description.architecture().image();
    this.transform =
        new EvalTransform(
            image.height(), image.width(), description.resampling(), description.resizeMode());
    this.placement = new Placement(model, description.mean(), description.std());
  }

  /**
   * Opens a checkpoint folder.
   *
   * @throws UserError where it is not one, or has no tokenizer
   */
  public static Checkpoint open(Path folder, Device device) throws IOException {
    ModelFolder files = ModelFolder.open(folder);
    Path vocabulary =
        files.tokenizer().orElseThrow(() -> new UserError(folder + " has no tokenizer.json"));
    Tokenizer tokenizer =
        Tokenizer.open(
            vocabulary,
            files.description().maxTokens(),
            files.description().textLength(),
            files.description().cleaning());
    try {
      int rows = files.description().architecture().text().vocabulary().tokens();
      if (tokenizer.vocabSize() > rows) {
        throw new UserError(
            vocabulary + " has " + tokenizer.vocabSize() + " tokens, the model has " + rows);
      }
      return new Checkpoint(files.load(device), tokenizer, files.description());
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** Writes the checkpoint as a folder. */
  public void write(Path folder, ModelDescription described, String card) throws IOException {
    String json = new String(tokenizer.json(), StandardCharsets.UTF_8);
    ModelFolder.write(folder, described, model.parameters(), json, card);
  }

  /** The same model, described anew; only one of the two is to be closed. */
  public Checkpoint as(ModelDescription other) {
    return new Checkpoint(model, tokenizer, other);
  }

  /** Captions to token ids, padded to the longest of them. */
  public Tokens tokens(List<String> captions) {
    return tokenizer.encode(captions);
  }

  /** Whether stage two, or somebody else, has trained the heads. */
  public boolean headsTrained() {
    return description.headsTrained();
  }

  public DualEncoder model() {
    return model;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  public ModelDescription description() {
    return description;
  }

  public EvalTransform transform() {
    return transform;
  }

  public Placement placement() {
    return placement;
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
