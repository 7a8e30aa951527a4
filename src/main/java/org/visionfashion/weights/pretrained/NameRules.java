package org.visionfashion.weights.pretrained;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.visionfashion.weights.pretrained.NameMap.Form;
import org.visionfashion.weights.pretrained.NameMap.Place;

/** How other libraries' names become those of this project, see {@link NameMap}. */
final class NameRules {

  private static final String IMAGE = "image_encoder.";
  private static final String TEXT = "text_encoder.";
  private static final String CLASS_TOKEN = "embeddings.cls_token";
  private static final String POSITIONS = "embeddings.position_embeddings";
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String TEXT_POSITIONS = "embeddings.position_embeddings.weight";

  private NameRules() {}

  private static final Pattern GROUP = Pattern.compile("\\((?!\\?)([^)]*)\\)");
  private static final String CHOICE = "\\(\\?:[^)]*\\)\\?";

  /**
   * One way of renaming, which can be read in both directions.
   *
   * @param targets none: the tensor is passed over; one: the tensor under that name; several: equal
   *     parts of its first axis, one after the other
   * @param form how the file shapes the tensor
   */
  record Rule(Pattern source, List<String> targets, Form form) {

    static Rule of(String source, String... targets) {
      return new Rule(Pattern.compile(source), List.of(targets), Form.SAME);
    }

    static Rule of(Form form, String source, String target) {
      return new Rule(Pattern.compile(source), List.of(target), form);
    }

    static Rule ignore(String source) {
      return of(source);
    }

    /**
     * Where a tensor of this project is in a file, if this rule reads it there. What may stand in
     * the file's name or not does not.
     */
    Optional<Place> place(String own) {
      for (int part = 0; part < targets.size(); part++) {
        Matcher matcher = target(targets.get(part)).matcher(own);
        if (matcher.matches()) {
          String name = matcher.replaceFirst(template());
          return Optional.of(new Place(name, part, targets.size(), form));
        }
      }
      return Optional.empty();
    }

    private Pattern target(String target) {
      String pattern = Pattern.quote(target);
      int group = 1;
      for (MatchResult each : GROUP.matcher(source.pattern()).results().toList()) {
        pattern = pattern.replace("$" + group++, "\\E" + each.group() + "\\Q");
      }
      return Pattern.compile(pattern);
    }

    private String template() {
      String template = source.pattern().replaceAll(CHOICE, "");
      for (int group = 1; template.contains("("); group++) {
        template = GROUP.matcher(template).replaceFirst(Matcher.quoteReplacement("$" + group));
      }
      return template.replace("\\.", ".");
    }
  }

  /** timm's {@code VisionTransformer}, below the tower's prefix. */
  static List<Rule> timm() {
    return Stream.of(
            List.of(
                Rule.of("cls_token", CLASS_TOKEN),
                Rule.of("pos_embed", POSITIONS),
                Rule.of("patch_embed\\.proj\\.(.+)", "embeddings.patch_embeddings.projection.$1"),
                Rule.of("norm_pre\\.(.+)", "pre_layernorm.$1"),
                Rule.of("norm\\.(.+)", "layernorm.$1"),
                Rule.ignore("head\\..+")),
            timmBlocks("blocks", ""))
        .flatMap(List::stream)
        .toList();
  }

  /** open_clip's SigLIP, whose image tower is timm's. */
  static List<Rule> siglip() {
    return Stream.of(
            List.of(
                Rule.of("visual\\.trunk\\.pos_embed", IMAGE + POSITIONS),
                Rule.of(
                    "visual\\.trunk\\.patch_embed\\.proj\\.(.+)",
                    IMAGE + "embeddings.patch_embeddings.projection.$1"),
                Rule.of("visual\\.trunk\\.norm\\.(.+)", IMAGE + "layernorm.$1"),
                Rule.of("visual\\.trunk\\.attn_pool\\.latent", IMAGE + "pooler.query"),
                Rule.of(
                    "visual\\.trunk\\.attn_pool\\.q\\.(.+)",
                    IMAGE + "pooler.attention.attention.query.$1"),
                Rule.of(
                    "visual\\.trunk\\.attn_pool\\.kv\\.(.+)",
                    IMAGE + "pooler.attention.attention.key.$1",
                    IMAGE + "pooler.attention.attention.value.$1"),
                Rule.of(
                    "visual\\.trunk\\.attn_pool\\.proj\\.(.+)",
                    IMAGE + "pooler.attention.output.dense.$1"),
                Rule.of("visual\\.trunk\\.attn_pool\\.norm\\.(.+)", IMAGE + "pooler.layernorm.$1"),
                Rule.of(
                    "visual\\.trunk\\.attn_pool\\.mlp\\.fc1\\.(.+)",
                    IMAGE + "pooler.intermediate.dense.$1"),
                Rule.of(
                    "visual\\.trunk\\.attn_pool\\.mlp\\.fc2\\.(.+)",
                    IMAGE + "pooler.output.dense.$1")),
            timmBlocks("visual\\.trunk\\.blocks", IMAGE),
            openClipText("text\\."),
            List.of(Rule.of("text\\.text_projection\\.(weight|bias)", "text_projection.$1")),
            similarity(Form.SAME))
        .flatMap(List::stream)
        .toList();
  }

  /** OpenAI's and open_clip's CLIP. */
  static List<Rule> clip() {
    return Stream.of(
            List.of(
                Rule.of(Form.UNBATCHED, "visual\\.class_embedding", IMAGE + CLASS_TOKEN),
                Rule.of(Form.UNBATCHED, "visual\\.positional_embedding", IMAGE + POSITIONS),
                Rule.of(
                    "visual\\.conv1\\.(.+)", IMAGE + "embeddings.patch_embeddings.projection.$1"),
                Rule.of("visual\\.ln_pre\\.(.+)", IMAGE + "pre_layernorm.$1"),
                Rule.of("visual\\.ln_post\\.(.+)", IMAGE + "layernorm.$1"),
                Rule.of(Form.TRANSPOSED, "visual\\.proj", "image_projection.weight")),
            openClipBlocks("visual\\.transformer\\.resblocks", IMAGE),
            openClipText("(?:text\\.)?"),
            List.of(
                Rule.of(Form.TRANSPOSED, "(?:text\\.)?text_projection", "text_projection.weight"),
                Rule.ignore("(?:text\\.)?attn_mask"),
                Rule.ignore("input_resolution|context_length|vocab_size")),
            similarity(Form.SAME))
        .flatMap(List::stream)
        .toList();
  }

  /** Hugging Face's {@code SiglipModel}. */
  static List<Rule> huggingFaceSiglip() {
    return Stream.of(
            List.of(
                Rule.of("vision_model\\.head\\.probe", IMAGE + "pooler.query"),
                Rule.of(
                    "vision_model\\.head\\.attention\\.in_proj_(.+)",
                    IMAGE + "pooler.attention.attention.query.$1",
                    IMAGE + "pooler.attention.attention.key.$1",
                    IMAGE + "pooler.attention.attention.value.$1"),
                Rule.of(
                    "vision_model\\.head\\.attention\\.out_proj\\.(.+)",
                    IMAGE + "pooler.attention.output.dense.$1"),
                Rule.of("vision_model\\.head\\.layernorm\\.(.+)", IMAGE + "pooler.layernorm.$1"),
                Rule.of(
                    "vision_model\\.head\\.mlp\\.fc1\\.(.+)",
                    IMAGE + "pooler.intermediate.dense.$1"),
                Rule.of("vision_model\\.head\\.mlp\\.fc2\\.(.+)", IMAGE + "pooler.output.dense.$1"),
                Rule.of("text_model\\.head\\.(.+)", "text_projection.$1")),
            huggingFaceTowers(),
            similarity(Form.VECTOR))
        .flatMap(List::stream)
        .toList();
  }

  /** Hugging Face's {@code CLIPModel}. */
  static List<Rule> huggingFaceClip() {
    return Stream.of(
            List.of(
                Rule.of(
                    Form.UNBATCHED,
                    "vision_model\\.embeddings\\.class_embedding",
                    IMAGE + CLASS_TOKEN),
                // The library's own spelling.
                Rule.of("vision_model\\.pre_layrnorm\\.(.+)", IMAGE + "pre_layernorm.$1"),
                Rule.of("visual_projection\\.weight", "image_projection.weight"),
                Rule.of("text_projection\\.weight", "text_projection.weight")),
            huggingFaceTowers(),
            similarity(Form.SAME))
        .flatMap(List::stream)
        .toList();
  }

  /** The layers of open_clip's towers, which are OpenAI's. */
  private static List<Rule> openClipBlocks(String blocks, String tower) {
    String block = blocks + "\\.(\\d+)\\.";
    String layer = tower + "encoder.layer.$1.";
    return List.of(
        Rule.of(block + "ln_1\\.(.+)", layer + "layernorm_before.$2"),
        Rule.of(block + "ln_2\\.(.+)", layer + "layernorm_after.$2"),
        Rule.of(
            block + "attn\\.in_proj_(.+)",
            layer + "attention.attention.query.$2",
            layer + "attention.attention.key.$2",
            layer + "attention.attention.value.$2"),
        Rule.of(block + "attn\\.out_proj\\.(.+)", layer + "attention.output.dense.$2"),
        Rule.of(block + "mlp\\.c_fc\\.(.+)", layer + "intermediate.dense.$2"),
        Rule.of(block + "mlp\\.c_proj\\.(.+)", layer + "output.dense.$2"));
  }

  /** The text tower of open_clip but its projection. */
  private static List<Rule> openClipText(String prefix) {
    List<Rule> rules = new ArrayList<>();
    rules.add(Rule.of(prefix + "token_embedding\\.weight", TEXT + WORDS));
    rules.add(Rule.of(prefix + "positional_embedding", TEXT + TEXT_POSITIONS));
    rules.add(Rule.of(prefix + "ln_final\\.(.+)", TEXT + "layernorm.$1"));
    rules.addAll(openClipBlocks(prefix + "transformer\\.resblocks", TEXT));
    return rules;
  }

  /** The layers of timm's vision transformer. */
  private static List<Rule> timmBlocks(String blocks, String tower) {
    String block = blocks + "\\.(\\d+)\\.";
    String layer = tower + "encoder.layer.$1.";
    return List.of(
        Rule.of(block + "norm1\\.(.+)", layer + "layernorm_before.$2"),
        Rule.of(block + "norm2\\.(.+)", layer + "layernorm_after.$2"),
        Rule.of(
            block + "attn\\.qkv\\.(.+)",
            layer + "attention.attention.query.$2",
            layer + "attention.attention.key.$2",
            layer + "attention.attention.value.$2"),
        Rule.of(block + "attn\\.proj\\.(.+)", layer + "attention.output.dense.$2"),
        Rule.of(block + "mlp\\.fc1\\.(.+)", layer + "intermediate.dense.$2"),
        Rule.of(block + "mlp\\.fc2\\.(.+)", layer + "output.dense.$2"));
  }

  /** What Hugging Face's CLIP and SigLIP have in common. */
  private static List<Rule> huggingFaceTowers() {
    List<Rule> rules = new ArrayList<>();
    rules.add(Rule.ignore("(?:vision|text)_model\\.embeddings\\.position_ids")); // 0, 1, 2, ...
    rules.add(
        Rule.of(
            Form.UNBATCHED,
            "vision_model\\.embeddings\\.position_embedding\\.weight",
            IMAGE + POSITIONS));
    rules.add(
        Rule.of(
            "vision_model\\.embeddings\\.patch_embedding\\.(.+)",
            IMAGE + "embeddings.patch_embeddings.projection.$1"));
    rules.add(Rule.of("vision_model\\.post_layernorm\\.(.+)", IMAGE + "layernorm.$1"));
    rules.add(Rule.of("text_model\\.embeddings\\.token_embedding\\.weight", TEXT + WORDS));
    rules.add(
        Rule.of("text_model\\.embeddings\\.position_embedding\\.weight", TEXT + TEXT_POSITIONS));
    rules.add(Rule.of("text_model\\.final_layer_norm\\.(.+)", TEXT + "layernorm.$1"));
    rules.addAll(huggingFaceLayers("vision_model", IMAGE));
    rules.addAll(huggingFaceLayers("text_model", TEXT));
    return rules;
  }

  private static List<Rule> huggingFaceLayers(String model, String tower) {
    String block = model + "\\.encoder\\.layers\\.(\\d+)\\.";
    String layer = tower + "encoder.layer.$1.";
    return List.of(
        Rule.of(block + "layer_norm1\\.(.+)", layer + "layernorm_before.$2"),
        Rule.of(block + "layer_norm2\\.(.+)", layer + "layernorm_after.$2"),
        Rule.of(block + "self_attn\\.q_proj\\.(.+)", layer + "attention.attention.query.$2"),
        Rule.of(block + "self_attn\\.k_proj\\.(.+)", layer + "attention.attention.key.$2"),
        Rule.of(block + "self_attn\\.v_proj\\.(.+)", layer + "attention.attention.value.$2"),
        Rule.of(block + "self_attn\\.out_proj\\.(.+)", layer + "attention.output.dense.$2"),
        Rule.of(block + "mlp\\.fc1\\.(.+)", layer + "intermediate.dense.$2"),
        Rule.of(block + "mlp\\.fc2\\.(.+)", layer + "output.dense.$2"));
  }

  private static List<Rule> similarity(Form form) {
    return List.of(Rule.of(form, "logit_(scale|bias)", "logit_$1"));
  }
}
