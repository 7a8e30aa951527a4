package org.visionfashion.weights.convert;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.visionfashion.base.UserError;
import org.visionfashion.model.Architecture;
import org.visionfashion.weights.checkpoint.ModelJson;

/** {@code config.json} as Hugging Face's transformers read it. */
final class HuggingFaceConfig {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private HuggingFaceConfig() {}

  static String vit(Architecture.ImageTower image, boolean half) {
    if (image.stem().norm()) {
      throw new UserError("ViTModel has no norm before its layers; this tower has one");
    }
    ObjectNode node = node("vit", "ViTModel", half);
    ModelJson.write(node, image);
    return text(node);
  }

  static String bert(Architecture.TextTower text, boolean half) {
    ObjectNode node = node("bert", "BertModel", half);
    ModelJson.write(node, text);
    return text(node);
  }

  private static ObjectNode node(String type, String architecture, boolean half) {
    ObjectNode node = JSON.createObjectNode();
    node.put("model_type", type);
    node.putArray("architectures").add(architecture);
    node.put("torch_dtype", half ? "float16" : "float32");
    return node;
  }

  private static String text(ObjectNode node) {
    return node.toPrettyString() + System.lineSeparator();
  }
}
