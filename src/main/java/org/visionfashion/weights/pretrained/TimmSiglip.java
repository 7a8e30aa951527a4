package org.visionfashion.weights.pretrained;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.model.Architecture.ImageTower;

/**
 * The sizes that a name of timm's SigLIP towers stands for, {@code vit_base_patch16_siglip_224} for
 * example.
 *
 * @param ratio of the MLP's width to the layer's
 * @param image side of a picture in pixels
 */
public record TimmSiglip(
    int width, int layers, int heads, double ratio, int patch, int image, Activation activation) {

  private static final Pattern NAME =
      Pattern.compile("(vit_[a-z0-9]+)_patch(\\d+)_siglip(?:_gap)?_(\\d+)(?:\\..*)?");

  /** The models that have GELU by a hyperbolic tangent; the others have the exact one. */
  private static final Pattern TANH =
      Pattern.compile(
          "(?:vit_base_patch32_.*_256|vit_large_patch16_.*_512|vit_so400m_patch16_.*|vit_giantopt_.*)"
              + "(?:\\..*)?");

  private record Family(String name, int width, int layers, int heads, double ratio) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("vit_base", 768, 12, 12, 4),
          new Family("vit_large", 1024, 24, 16, 4),
          new Family("vit_so400m", 1152, 27, 16, 3.7362),
          new Family("vit_giantopt", 1536, 40, 16, 4));

  /** What a name stands for, where it is one of these. */
  public static Optional<TimmSiglip> of(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return FAMILIES.stream()
        .filter(family -> family.name().equals(parts.group(1)))
        .map(
            family ->
                new TimmSiglip(
                    family.width(),
                    family.layers(),
                    family.heads(),
                    family.ratio(),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    TANH.matcher(name).matches() ? Activation.GELU_TANH : Activation.GELU))
        .findFirst();
  }

  /** The name of the tower of that width, be its other sizes what they are. */
  public static String nearest(ImageTower tower) {
    String family =
        FAMILIES.stream()
            .filter(each -> each.width() == tower.hidden())
            .findFirst()
            .orElse(FAMILIES.get(0))
            .name();
    return family + "_patch" + tower.patch() + "_siglip_" + tower.height();
  }

  /** Whether a tower is this one. */
  public boolean is(ImageTower tower) {
    return width == tower.hidden()
        && layers == tower.layers()
        && heads == tower.heads()
        && (int) (width * ratio) == tower.layer().intermediate()
        && patch == tower.patch()
        && image == tower.height()
        && image == tower.width()
        && activation == tower.layer().activation();
  }
}
