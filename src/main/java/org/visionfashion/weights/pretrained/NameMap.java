package org.visionfashion.weights.pretrained;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a tower's tensors have in other libraries, and what they are called here, below
 * the tower's own prefix.
 */
public enum NameMap {

  /** Hugging Face's {@code ViTModel}, or one of its heads around it. */
  HF_VIT(
      "(?:vit\\.)?embeddings\\.cls_token",
      List.of(
          Rule.of("(?:vit\\.)?((?:embeddings|encoder|layernorm|pooler)\\..+)", "$1"),
          Rule.ignore("classifier\\..+"))),

  /** Hugging Face's {@code BertModel}, or one of its heads around it; also before 2019. */
  HF_BERT(
      "(?:bert\\.)?embeddings\\.word_embeddings\\.weight",
      List.of(
          Rule.ignore("(?:bert\\.)?embeddings\\.position_ids"),
          Rule.ignore("(?:cls|classifier|qa_outputs)\\..+"),
          Rule.of("(?:bert\\.)?((?:embeddings|encoder)\\..*LayerNorm)\\.gamma", "$1.weight"),
          Rule.of("(?:bert\\.)?((?:embeddings|encoder)\\..*LayerNorm)\\.beta", "$1.bias"),
          Rule.of("(?:bert\\.)?((?:embeddings|encoder|pooler)\\..+)", "$1"))),

  /** timm's {@code VisionTransformer}. */
  TIMM(
      "patch_embed\\.proj\\.weight",
      List.of(
          Rule.of("cls_token", "embeddings.cls_token"),
          Rule.of("pos_embed", "embeddings.position_embeddings"),
          Rule.of("patch_embed\\.proj\\.(.+)", "embeddings.patch_embeddings.projection.$1"),
          Rule.of("blocks\\.(\\d+)\\.norm1\\.(.+)", "encoder.layer.$1.layernorm_before.$2"),
          Rule.of("blocks\\.(\\d+)\\.norm2\\.(.+)", "encoder.layer.$1.layernorm_after.$2"),
          Rule.of(
              "blocks\\.(\\d+)\\.attn\\.qkv\\.(.+)",
              "encoder.layer.$1.attention.attention.query.$2",
              "encoder.layer.$1.attention.attention.key.$2",
              "encoder.layer.$1.attention.attention.value.$2"),
          Rule.of(
              "blocks\\.(\\d+)\\.attn\\.proj\\.(.+)", "encoder.layer.$1.attention.output.dense.$2"),
          Rule.of("blocks\\.(\\d+)\\.mlp\\.fc1\\.(.+)", "encoder.layer.$1.intermediate.dense.$2"),
          Rule.of("blocks\\.(\\d+)\\.mlp\\.fc2\\.(.+)", "encoder.layer.$1.output.dense.$2"),
          Rule.of("norm_pre\\.(.+)", "pre_layernorm.$1"),
          Rule.of("norm\\.(.+)", "layernorm.$1"),
          Rule.ignore("head\\..+"))),

  /** The image tower of OpenAI's CLIP and of open_clip, a ViT; the text side is passed over. */
  CLIP_VISUAL(
      "visual\\.class_embedding",
      List.of(
          Rule.of("visual\\.class_embedding", "embeddings.cls_token"),
          Rule.of("visual\\.positional_embedding", "embeddings.position_embeddings"),
          Rule.of("visual\\.conv1\\.(.+)", "embeddings.patch_embeddings.projection.$1"),
          Rule.of("visual\\.ln_pre\\.(.+)", "pre_layernorm.$1"),
          Rule.of("visual\\.ln_post\\.(.+)", "layernorm.$1"),
          Rule.of(block("ln_1\\.(.+)"), "encoder.layer.$1.layernorm_before.$2"),
          Rule.of(block("ln_2\\.(.+)"), "encoder.layer.$1.layernorm_after.$2"),
          Rule.of(
              block("attn\\.in_proj_(.+)"),
              "encoder.layer.$1.attention.attention.query.$2",
              "encoder.layer.$1.attention.attention.key.$2",
              "encoder.layer.$1.attention.attention.value.$2"),
          Rule.of(block("attn\\.out_proj\\.(.+)"), "encoder.layer.$1.attention.output.dense.$2"),
          Rule.of(block("mlp\\.c_fc\\.(.+)"), "encoder.layer.$1.intermediate.dense.$2"),
          Rule.of(block("mlp\\.c_proj\\.(.+)"), "encoder.layer.$1.output.dense.$2"),
          Rule.ignore("visual\\.proj"),
          Rule.ignore("(?!visual\\.).+"))),

  /** The image tower of Hugging Face's {@code CLIPModel}; the text side is passed over. */
  HF_CLIP(
      "vision_model\\.embeddings\\.class_embedding",
      List.of(
          Rule.of("vision_model\\.embeddings\\.class_embedding", "embeddings.cls_token"),
          Rule.of(
              "vision_model\\.embeddings\\.position_embedding\\.weight",
              "embeddings.position_embeddings"),
          Rule.of(
              "vision_model\\.embeddings\\.patch_embedding\\.(.+)",
              "embeddings.patch_embeddings.projection.$1"),
          Rule.of("vision_model\\.pre_layrnorm\\.(.+)", "pre_layernorm.$1"), // their spelling
          Rule.of("vision_model\\.post_layernorm\\.(.+)", "layernorm.$1"),
          Rule.of(layer("layer_norm1\\.(.+)"), "encoder.layer.$1.layernorm_before.$2"),
          Rule.of(layer("layer_norm2\\.(.+)"), "encoder.layer.$1.layernorm_after.$2"),
          Rule.of(
              layer("self_attn\\.q_proj\\.(.+)"), "encoder.layer.$1.attention.attention.query.$2"),
          Rule.of(
              layer("self_attn\\.k_proj\\.(.+)"), "encoder.layer.$1.attention.attention.key.$2"),
          Rule.of(
              layer("self_attn\\.v_proj\\.(.+)"), "encoder.layer.$1.attention.attention.value.$2"),
          Rule.of(
              layer("self_attn\\.out_proj\\.(.+)"), "encoder.layer.$1.attention.output.dense.$2"),
          Rule.of(layer("mlp\\.fc1\\.(.+)"), "encoder.layer.$1.intermediate.dense.$2"),
          Rule.of(layer("mlp\\.fc2\\.(.+)"), "encoder.layer.$1.output.dense.$2"),
          Rule.ignore("vision_model\\.embeddings\\.position_ids"),
          Rule.ignore("(?!vision_model\\.).+"))),

  /** This project's own names of a whole model, which are also the original notebook's. */
  WHOLE(
      "image_encoder\\.embeddings\\.cls_token"
          + "|text_encoder\\.embeddings\\.word_embeddings\\.weight",
      List.of(
          Rule.ignore("text_encoder\\.embeddings\\.position_ids"), // numbers from 0 on
          Rule.of("(.+)", "$1")));

  private final Pattern mark;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes unmodifiable ones
  private final List<Rule> rules;

  NameMap(String mark, List<Rule> rules) {
    this.mark = Pattern.compile(mark);
    this.rules = rules;
  }

  private static String layer(String rest) {
    return "vision_model\\.encoder\\.layers\\.(\\d+)\\." + rest;
  }

  private static String block(String rest) {
    return "visual\\.transformer\\.resblocks\\.(\\d+)\\." + rest;
  }

  /**
   * One way of renaming.
   *
   * @param targets none: the tensor is passed over; one: the tensor under that name; several: equal
   *     parts of its first axis, one after the other
   */
  private record Rule(Pattern source, List<String> targets) {

    static Rule of(String source, String... targets) {
      return new Rule(Pattern.compile(source), List.of(targets));
    }

    static Rule ignore(String source) {
      return of(source);
    }
  }

  /** The naming of a file, where it is one of these. */
  public static Optional<NameMap> of(Set<String> names) {
    return List.of(WHOLE, TIMM, CLIP_VISUAL, HF_CLIP, HF_BERT, HF_VIT).stream()
        .filter(map -> names.stream().anyMatch(name -> map.mark.matcher(name).matches()))
        .findFirst();
  }

  /** For messages. */
  public String label() {
    return switch (this) {
      case HF_VIT -> "Hugging Face's ViT";
      case HF_BERT -> "Hugging Face's BERT";
      case TIMM -> "timm's vision transformer";
      case CLIP_VISUAL -> "CLIP";
      case HF_CLIP -> "Hugging Face's CLIP";
      case WHOLE -> "a whole VisionFashion model";
    };
  }

  /**
   * What a tensor of the file is called here: nothing where it is passed over, three names where it
   * holds three tensors, and its own name where no rule knows it.
   */
  public List<String> targets(String name) {
    for (Rule rule : rules) {
      Matcher matcher = rule.source().matcher(name);
      if (matcher.matches()) {
        return rule.targets().stream().map(matcher::replaceFirst).toList();
      }
    }
    return List.of(name);
  }
}
