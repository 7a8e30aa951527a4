package org.visionfashion.weights.pretrained;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.visionfashion.weights.pretrained.NameRules.Rule;

/**
 * The names that tensors have in other libraries, and what they are called here: those of a tower
 * below its own prefix, those of a whole model in full.
 */
public enum NameMap {

  /** Hugging Face's {@code ViTModel}, or one of its heads around it. */
  HF_VIT(
      "(?:vit\\.)?embeddings\\.cls_token",
      false,
      List.of(
          Rule.of("(?:vit\\.)?((?:embeddings|encoder|layernorm|pooler)\\..+)", "$1"),
          Rule.ignore("classifier\\..+"))),

  /** Hugging Face's {@code BertModel}, or one of its heads around it; also before 2019. */
  HF_BERT(
      "(?:bert\\.)?embeddings\\.word_embeddings\\.weight",
      false,
      List.of(
          Rule.ignore("(?:bert\\.)?embeddings\\.position_ids"),
          Rule.ignore("(?:cls|classifier|qa_outputs)\\..+"),
          Rule.of("(?:bert\\.)?((?:embeddings|encoder)\\..*LayerNorm)\\.gamma", "$1.weight"),
          Rule.of("(?:bert\\.)?((?:embeddings|encoder)\\..*LayerNorm)\\.beta", "$1.bias"),
          Rule.of("(?:bert\\.)?((?:embeddings|encoder|pooler)\\..+)", "$1"))),

  /** timm's {@code VisionTransformer}. */
  TIMM("patch_embed\\.proj\\.weight", false, NameRules.timm()),

  /**
   * A whole SigLIP of open_clip's, whose image tower is timm's. Stands before {@link #CLIP}, whose
   * text names it has too.
   */
  SIGLIP("visual\\.trunk\\.patch_embed\\.proj\\.weight", true, NameRules.siglip()),

  /** OpenAI's CLIP and open_clip's, with or without {@code text.} before the names of the text. */
  CLIP("visual\\.class_embedding", true, NameRules.clip()),

  /** Hugging Face's {@code SiglipModel}. */
  HF_SIGLIP("vision_model\\.head\\.probe", true, NameRules.huggingFaceSiglip()),

  /** Hugging Face's {@code CLIPModel}. */
  HF_CLIP("vision_model\\.embeddings\\.class_embedding", true, NameRules.huggingFaceClip()),

  /** This project's own names of a whole model, which are also the original notebook's. */
  WHOLE(
      "image_encoder\\.embeddings\\.cls_token"
          + "|text_encoder\\.embeddings\\.word_embeddings\\.weight",
      true,
      List.of(
          Rule.ignore("text_encoder\\.embeddings\\.position_ids"), // numbers from 0 on
          Rule.of("(.+)", "$1")));

  /** How a file shapes a tensor, against this project. */
  public enum Form {
    SAME,
    /** A matrix with its axes exchanged. */
    TRANSPOSED,
    /** Without the first axes where those are of size 1. */
    UNBATCHED,
    /** A scalar as a vector of one. */
    VECTOR
  }

  /**
   * Where a tensor is in a file.
   *
   * @param name of the file's tensor
   * @param part which of several equal parts of its first axis, from 0 on
   * @param parts how many
   */
  public record Place(String name, int part, int parts, Form form) {}

  private final Pattern mark;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes unmodifiable ones
  private final List<Rule> rules;

  private final boolean whole;

  NameMap(String mark, boolean whole, List<Rule> rules) {
    this.mark = Pattern.compile(mark);
    this.whole = whole;
    this.rules = rules;
  }

  /** The naming of a file, where it is one of these. */
  public static Optional<NameMap> of(Set<String> names) {
    return List.of(WHOLE, TIMM, SIGLIP, CLIP, HF_SIGLIP, HF_CLIP, HF_BERT, HF_VIT).stream()
        .filter(map -> names.stream().anyMatch(name -> map.mark.matcher(name).matches()))
        .findFirst();
  }

  /** For messages. */
  public String label() {
    return switch (this) {
      case HF_VIT -> "Hugging Face's ViT";
      case HF_BERT -> "Hugging Face's BERT";
      case TIMM -> "timm's vision transformer";
      case CLIP -> "CLIP";
      case HF_CLIP -> "Hugging Face's CLIP";
      case SIGLIP -> "SigLIP";
      case HF_SIGLIP -> "Hugging Face's SigLIP";
      case WHOLE -> "a whole VisionFashion model";
    };
  }

  /**
   * What a tensor of the file is called here: nothing where it is passed over, three names where it
   * holds three tensors, and its own name where no rule knows it.
   */
  public List<String> targets(String name) {
    return rule(name)
        .map(
            rule ->
                rule.targets().stream()
                    .map(target -> rule.source().matcher(name).replaceFirst(target))
                    .toList())
        .orElse(List.of(name));
  }

  /** The other direction: where a file of these names has a tensor of this project's. */
  public Optional<Place> place(String own) {
    return rules.stream().flatMap(rule -> rule.place(own).stream()).findFirst();
  }

  /** Whether a rule knows a tensor of the file. */
  boolean knows(String name) {
    return rule(name).isPresent();
  }

  /** Whether the file has this matrix with its axes exchanged. */
  boolean isTransposed(String name) {
    return rule(name).filter(rule -> rule.form() == Form.TRANSPOSED).isPresent();
  }

  private Optional<Rule> rule(String name) {
    return rules.stream().filter(rule -> rule.source().matcher(name).matches()).findFirst();
  }

  /** Whether files of these names hold a whole model, or a tower alone. */
  public boolean isWhole() {
    return whole;
  }
}
