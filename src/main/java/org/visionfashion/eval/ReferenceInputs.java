package org.visionfashion.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.TextLayers;
import org.visionfashion.model.Tokens;
import org.visionfashion.weights.file.SafetensorsFile;

/**
 * What another implementation was fed: looked at before the model sees it, since native code would
 * meet a wrong shape or number with a message of its own.
 */
final class ReferenceInputs {

  private static final String PIXELS = "pixel_values";
  private static final String IDS = "input_ids";
  private static final String TYPES = "token_type_ids";
  private static final String MASK = "attention_mask";

  private final SafetensorsFile reference;
  private final Architecture.ImageTower image;
  private final Architecture.TextTower text;

  ReferenceInputs(SafetensorsFile reference, Architecture architecture) {
    this.reference = reference;
    this.image = architecture.image();
    this.text = architecture.text();
  }

  /**
   * The pictures.
   *
   * @throws UserError where they are missing, none or of another size than the model's
   */
  NDArray pixels(NDManager scope) throws IOException {
    long[] shape = reference.info(PIXELS).shape();
    long[] wanted = {
      shape.length == 0 ? 1 : shape[0], Architecture.CHANNELS, image.height(), image.width()
    };
    if (!Arrays.equals(shape, wanted) || shape[0] == 0) {
      throw new UserError(
          "%s is %s in the reference, the model expects [B, %d, %d, %d]"
              .formatted(
                  PIXELS,
                  Arrays.toString(shape),
                  Architecture.CHANNELS,
                  image.height(),
                  image.width()));
    }
    return scope.create(reference.floats(PIXELS), new Shape(shape));
  }

  /**
   * The captions; of one kind where the file does not say.
   *
   * @throws UserError where they are missing, none, too long or not of this vocabulary
   */
  Tokens tokens(NDManager scope) throws IOException {
    long[] shape = reference.info(IDS).shape();
    if (shape.length != 2
        || shape[0] == 0
        || shape[1] == 0
        || shape[1] > text.vocabulary().positions()) {
      throw new UserError(
          "%s is %s in the reference, the model expects [B, L] with L up to %d"
              .formatted(IDS, Arrays.toString(shape), text.vocabulary().positions()));
    }
    NDArray ids_BL = numbers(IDS, shape, text.vocabulary().tokens(), scope);
    NDArray types_BL =
        reference.names().contains(TYPES)
            ? numbers(TYPES, shape, text.vocabulary().tokenTypes(), scope)
            : scope.zeros(ids_BL.getShape(), DataType.INT64);
    boolean unread = text.style() != TextLayers.POST_NORM && text.pooling() != Pooling.MEAN;
    NDArray mask_BL =
        unread && !reference.names().contains(MASK)
            ? ids_BL.onesLike()
            : numbers(MASK, shape, 2, scope);
    return new Tokens(ids_BL, types_BL, mask_BL);
  }

  /** Numbers from 0 on, below {@code end}. */
  private NDArray numbers(String name, long[] shape, long end, NDManager scope) throws IOException {
    if (!Arrays.equals(reference.info(name).shape(), shape)) {
      throw new UserError(
          "%s is %s in the reference, %s is %s"
              .formatted(name, reference.info(name).shapeText(), IDS, Arrays.toString(shape)));
    }
    long[] values = reference.longs(name);
    for (long value : values) {
      if (value < 0 || value >= end) {
        throw new UserError(
            "%s holds %d in the reference, the model expects 0 to %d"
                .formatted(name, value, end - 1));
      }
    }
    return scope.create(values, new Shape(shape));
  }
}
