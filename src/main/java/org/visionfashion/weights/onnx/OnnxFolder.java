package org.visionfashion.weights.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;

/**
 * The towers as ONNX files, with the inputs and outputs that Hugging Face's exporters name. Both
 * give embeddings of length 1, as the model does.
 *
 * <ul>
 *   <li>{@code vision_model.onnx}: {@code pixel_values} (B, 3, H, W) to {@code image_embeds} (B,
 *       E), and {@code category_logits}, {@code attribute_logits} where the heads are trained.
 *   <li>{@code text_model.onnx}: {@code input_ids} (B, L), and {@code attention_mask} (B, L) where
 *       the tower looks at it, to {@code text_embeds} (B, E). L is up to the context; just the
 *       context where the tower reads its padding, as SigLIP's does.
 * </ul>
 */
public final class OnnxFolder {

  public static final String VISION = "vision_model.onnx";
  public static final String TEXT = "text_model.onnx";

  private OnnxFolder() {}

  /**
   * Writes both files into a folder.
   *
   * @param weights of the whole model by its names, read one at a time
   * @param precision of weights and arithmetic; inputs and outputs stay 32-bit
   * @throws org.visionfashion.base.UserError where a tower is too large for a file
   */
  public static void write(
      Path folder, ModelDescription model, Map<String, Tensor> weights, Precision precision)
      throws IOException {
    Map<String, String> metadata = metadata(model);
    TowerGraph.image(model, weights, precision).write(folder.resolve(VISION), metadata);
    TowerGraph.text(model, weights, precision).write(folder.resolve(TEXT), metadata);
  }

  private static Map<String, String> metadata(ModelDescription model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("image_mean", model.mean().toString());
    metadata.put("image_std", model.std().toString());
    metadata.put("resize_mode", lower(model.resizeMode()));
    metadata.put("resampling", lower(model.resampling()));
    metadata.put("max_tokens", Integer.toString(model.maxTokens()));
    return metadata;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
