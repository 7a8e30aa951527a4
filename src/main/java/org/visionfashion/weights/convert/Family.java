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
  CLIP,
  SIGLIP;

  private record Parts(
      Stem stem,
      Pooling imagePooling,
      Projection imageProjection,
      TextLayers textLayers,
      Pooling textPooling,
      Projection textProjection) {

    static Parts of(Architecture model) {
      return new Parts(
          model.image().stem(),
          model.image().pooling(),
          model.image().projection(),
          model.text().style(),
          model.text().pooling(),
          model.text().projection());
    }
  }

  private Parts parts() {
    return switch (this) {
      case CLIP ->
          new Parts(
              Stem.CLIP,
              Pooling.CLS,
              Projection.WITHOUT_BIAS,
              TextLayers.CAUSAL,
              Pooling.END_OF_TEXT,
              Projection.WITHOUT_BIAS);
      case SIGLIP ->
          new Parts(
              Stem.SIGLIP,
              Pooling.ATTENTION,
              Projection.NONE,
              TextLayers.PRE_NORM,
              Pooling.LAST,
              Projection.LINEAR);
    };
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
    Parts is = Parts.of(model);
    Parts must = parts();
    compare(others, "the class token", is.stem.classToken(), must.stem.classToken());
    compare(others, "the bias of the patches", is.stem.patchBias(), must.stem.patchBias());
    compare(others, "the norm before the image tower's layers", is.stem.norm(), must.stem.norm());
    compare(others, "the image tower's pooling", is.imagePooling, must.imagePooling);
    compare(others, "the image tower's projection", is.imageProjection, must.imageProjection);
    compare(others, "the text tower's layers", is.textLayers, must.textLayers);
    compare(others, "the text tower's pooling", is.textPooling, must.textPooling);
    compare(others, "the text tower's projection", is.textProjection, must.textProjection);
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
