package org.visionfashion.config;

import java.util.List;

/**
 * Where a model's first weights come from: {@value #RANDOM}, a file or folder, or {@code
 * hf:owner/name[@revision]}.
 *
 * @param whole of the whole model, a checkpoint of this project or of the original notebook
 * @param image of the image tower; goes before {@code whole}
 * @param text of the text tower, whose vocabulary comes with it; goes before {@code whole}
 * @param ignored names of tensors that may be missing, unexpected or of another shape; a star
 *     stands for anything
 */
public record InitConfig(String whole, String image, String text, List<String> ignored) {

  /** Random weights. */
  public static final String RANDOM = "random";

  /** Everything starts from random weights. */
  public static final InitConfig NONE = new InitConfig(RANDOM, RANDOM, RANDOM, List.of());

  public static boolean isRandom(String init) {
    return init.equals(RANDOM);
  }
}
