package org.visionfashion.weights.convert;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.visionfashion.base.UserError;
import org.visionfashion.model.Architecture;

/** {@code config.json} as Hugging Face's transformers read it. */
final class HuggingFaceConfig {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private HuggingFaceConfig() {}

  static String vit(Architecture.ImageEncoder image, boolean half) {
    if (image.preLayernorm()) {
      throw new UserError("ViTModel has no norm before its layers; this tower has one");
    }
    ObjectNode node = node("vit", "ViTModel", half);
    if (image.height() == image.width()) {
      node.put("image_size", image.height());
    } else {
      node.putArray("image_size").add(image.height()).add(image.width());
    }
    node.put("patch_size", image.patch());
    node.put("num_channels", image.channels());
    node.put("hidden_act", image.activation().name().toLowerCase(Locale.ROOT));
    node.put("qkv_bias", true);
    sizes(node, image.hidden(), image.layers(), image.heads(), image.intermediate());
    rates(node, image.epsilon(), image.dropout());
    return text(node);
  }

  static String bert(Architecture.TextEncoder text, boolean half) {
    ObjectNode node = node("bert", "BertModel", half);
    node.put("vocab_size", text.vocabulary());
    node.put("max_position_embeddings", text.positions());
    node.put("type_vocab_size", text.tokenTypes());
    node.put("pad_token_id", 0);
    node.put("hidden_act", "gelu");
    sizes(node, text.hidden(), text.layers(), text.heads(), text.intermediate());
    rates(node, text.epsilon(), text.dropout());
    return text(node);
  }

  private static ObjectNode node(String type, String architecture, boolean half) {
    ObjectNode node = JSON.createObjectNode();
    node.put("model_type", type);
    node.putArray("architectures").add(architecture);
    node.put("torch_dtype", half ? "float16" : "float32");
    return node;
  }

  private static void sizes(ObjectNode node, int hidden, int layers, int heads, int intermediate) {
    node.put("hidden_size", hidden);
    node.put("num_hidden_layers", layers);
    node.put("num_attention_heads", heads);
    node.put("intermediate_size", intermediate);
  }

  private static void rates(ObjectNode node, double epsilon, double dropout) {
    node.put("layer_norm_eps", epsilon);
    node.put("hidden_dropout_prob", dropout);
    node.put("attention_probs_dropout_prob", dropout);
  }

  private static String text(ObjectNode node) {
    return node.toPrettyString() + System.lineSeparator();
  }
}
