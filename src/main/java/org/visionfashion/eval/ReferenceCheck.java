package org.visionfashion.eval;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.pretrained.PublishedModel;

/**
 * Compares a model's outputs with those that another implementation wrote down: this is how an
 * import is trusted. The file holds {@code pixel_values} (B, 3, H, W), {@code input_ids}, {@code
 * attention_mask} and perhaps {@code token_type_ids} (B, L), and any of the outputs.
 */
public final class ReferenceCheck {

  private final Loader loader;
  private final SafetensorsFile reference;
  private final ReferenceInputs inputs;
  private final Device device;

  /** Builds the model, its towers pooled as it says, or otherwise where that is given. */
  private interface Loader {
    DualEncoder load(Device device, Optional<Pooling> image, Optional<Pooling> text)
        throws IOException;
  }

  private ReferenceCheck(
      Architecture architecture, Loader loader, SafetensorsFile reference, Device device) {
    this.loader = loader;
    this.reference = reference;
    this.inputs = new ReferenceInputs(reference, architecture);
    this.device = device;
  }

  /** An output of the model. B batch, D width of a tower, E embedding size. */
  private enum Output {
    IMAGE_EMBEDS("image_embeds", Optional.empty()),
    TEXT_EMBEDS("text_embeds", Optional.empty()),
    IMAGE_EMBEDS_POOLER("image_embeds_pooler", Optional.of(Pooling.POOLER)),
    TEXT_EMBEDS_POOLER("text_embeds_pooler", Optional.of(Pooling.POOLER)),
    VISION_POOLED("vision.pooled", Optional.empty()),
    TEXT_POOLED_CLS("text.pooled_cls", Optional.of(Pooling.CLS)),
    CATEGORY_LOGITS("category_logits", Optional.empty()),
    ATTRIBUTE_LOGITS("attribute_logits", Optional.empty());

    private final String tensor;

    /** How its tower must pool; empty = as the model does. */
    @SuppressWarnings("ImmutableEnumChecker") // of an enum
    private final Optional<Pooling> pooling;

    Output(String tensor, Optional<Pooling> pooling) {
      this.tensor = tensor;
      this.pooling = pooling;
    }

    private boolean ofText() {
      return tensor.startsWith("text");
    }
  }

  /** The largest absolute difference of an output. */
  public record Difference(String output, int values, double largest) {}

  /**
   * Computes every output that the file has.
   *
   * @return in a fixed order; at least one
   * @throws UserError where inputs are missing, shapes differ, or there is no output
   */
  public static List<Difference> run(ModelFolder folder, SafetensorsFile reference, Device device)
      throws IOException {
    return new ReferenceCheck(folder.description().architecture(), folder::load, reference, device)
        .differences();
  }

  /** The same of a published CLIP or SigLIP, which pools in one way. */
  public static List<Difference> run(PublishedModel model, SafetensorsFile reference, Device device)
      throws IOException {
    Loader loader =
        (on, image, text) -> {
          if (image.isPresent() || text.isPresent()) {
            throw new UserError("the reference has outputs of another pooling than the model's");
          }
          return model.load(on);
        };
    return new ReferenceCheck(model.description().architecture(), loader, reference, device)
        .differences();
  }

  private List<Difference> differences() throws IOException {
    Map<Optional<Pooling>, List<Output>> wanted =
        List.of(Output.values()).stream()
            .filter(output -> reference.names().contains(output.tensor))
            .collect(
                Collectors.groupingBy(
                    output -> output.pooling, LinkedHashMap::new, Collectors.toList()));
    if (wanted.isEmpty()) {
      throw new UserError(
          "the reference has none of "
              + List.of(Output.values()).stream()
                  .map(output -> output.tensor)
                  .collect(Collectors.joining(", ")));
    }
    List<Difference> differences = new ArrayList<>();
    for (Map.Entry<Optional<Pooling>, List<Output>> group : wanted.entrySet()) {
      differences.addAll(differences(group.getKey(), group.getValue()));
    }
    return differences;
  }

  private List<Difference> differences(Optional<Pooling> pooling, List<Output> outputs)
      throws IOException {
    boolean text = outputs.stream().anyMatch(Output::ofText);
    boolean image = outputs.stream().anyMatch(output -> !output.ofText());
    List<Difference> differences = new ArrayList<>();
    try (DualEncoder model =
            loader.load(
                device, image ? pooling : Optional.empty(), text ? pooling : Optional.empty());
        NDManager scope = model.newScope()) {
      for (Output output : outputs) {
        differences.add(difference(output, compute(output, model, scope)));
      }
    }
    return differences;
  }

  private NDArray compute(Output output, DualEncoder model, NDManager scope) throws IOException {
    return switch (output) {
      case TEXT_EMBEDS, TEXT_EMBEDS_POOLER -> model.textEmbeddings(inputs.tokens(scope), false);
      case TEXT_POOLED_CLS -> model.textEncoder().forward(inputs.tokens(scope), false);
      case IMAGE_EMBEDS, IMAGE_EMBEDS_POOLER -> model.imageEmbeddings(features(model, scope));
      case VISION_POOLED -> features(model, scope);
      case CATEGORY_LOGITS -> model.categoryLogits(features(model, scope));
      case ATTRIBUTE_LOGITS -> model.attributeLogits(features(model, scope));
    };
  }

  private NDArray features(DualEncoder model, NDManager scope) throws IOException {
    return model.imageFeatures(inputs.pixels(scope), false);
  }

  private Difference difference(Output output, NDArray actual) throws IOException {
    Shape expected = new Shape(reference.info(output.tensor).shape());
    if (!actual.getShape().equals(expected)) {
      throw new UserError(
          "%s is %s in the reference, %s in the model"
              .formatted(output.tensor, expected, actual.getShape()));
    }
    float[] ours = actual.toFloatArray();
    float[] theirs = reference.floats(output.tensor);
    double largest = 0;
    for (int i = 0; i < ours.length; i++) {
      double difference = Math.abs((double) ours[i] - theirs[i]);
      largest = Math.max(largest, difference); // keeps NaN
    }
    return new Difference(output.tensor, ours.length, largest);
  }
}
