package org.visionfashion.weights.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.Projection;
import org.visionfashion.model.Architecture.Stem;
import org.visionfashion.model.Architecture.TextLayers;

/** The dual encoders that other libraries know. */
enum Family {
  CLIP(
      Stem.CLIP,
      Pooling.CLS,
      Projection.WITHOUT_BIAS,
      TextLayers.CAUSAL,
      Pooling.END_OF_TEXT,
      Projection.WITHOUT_BIAS),
  SIGLIP(
      Stem.SIGLIP,
      Pooling.ATTENTION,
      Projection.NONE,
      TextLayers.PRE_NORM,
      Pooling.LAST,
      Projection.LINEAR);

  private final Stem stem;
  private final Pooling imagePooling;
  private final Projection imageProjection;
  private final TextLayers textLayers;
  private final Pooling textPooling;
  private final Projection textProjection;

  Family(
      Stem stem,
      Pooling imagePooling,
      Projection imageProjection,
      TextLayers textLayers,
      Pooling textPooling,
      Projection textProjection) {
    this.stem = stem;
    this.imagePooling = imagePooling;
    this.imageProjection = imageProjection;
    this.textLayers = textLayers;
    this.textPooling = textPooling;
    this.textProjection = textProjection;
  }

  /** The family that a model's text tower is of. */
  static Family of(Architecture model) {
    return model.text().style() == TextLayers.PRE_NORM ? SIGLIP : CLIP;
  }

  /**
   * Makes sure that a model is of this family.
   *
   * @throws UserError naming all that is otherwise
   */
  void require(Architecture model, Object place) {
    List<String> others = new ArrayList<>();
    Stem is = model.image().stem();
    compare(others, "the class token", is.classToken(), stem.classToken());
    compare(others, "the bias of the patches", is.patchBias(), stem.patchBias());
    compare(others, "the norm before the image tower's layers", is.norm(), stem.norm());
    compare(others, "the image tower's pooling", model.image().pooling(), imagePooling);
    compare(others, "the image tower's projection", model.image().projection(), imageProjection);
    compare(others, "the text tower's layers", model.text().style(), textLayers);
    compare(others, "the text tower's pooling", model.text().pooling(), textPooling);
    compare(others, "the text tower's projection", model.text().projection(), textProjection);
    if (model.image().height() != model.image().width()) {
      others.add("its pictures are not square");
    }
    if (!others.isEmpty()) {
      throw new UserError(
          "%s cannot be written as a %s: %s".formatted(place, this, String.join("; ", others)));
    }
  }

  private void compare(List<String> others, String what, Object is, Object must) {
    if (!is.equals(must)) {
      others.add("%s is %s, a %s's %s".formatted(what, said(is), this, said(must)));
    }
  }

  private static String said(Object value) {
    return value.toString().toLowerCase(Locale.ROOT);
  }
}
