package org.visionfashion.weights.convert;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ModelConfig.ResizeMode;
import org.visionfashion.model.Architecture;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelJson;

/** {@code config.json} and its neighbours as Hugging Face's transformers read them. */
final class HuggingFaceConfig {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** What a scale starts from that is not in the weights: ln(1 / 0.07). */
  private static final double FIRST_SCALE = 2.6592;

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

  /** A model that {@link Family#CLIP} has been required of; every key is written out. */
  static String clip(Architecture model, boolean half) {
    ObjectNode node = node("clip", "CLIPModel", half);
    node.put("projection_dim", model.embeddingSize());
    node.put("logit_scale_init_value", FIRST_SCALE);
    ObjectNode text = text(node, "clip_text_model", model.text());
    text.put("projection_dim", model.embeddingSize());
    int end = model.text().vocabulary().endOfText();
    text.put("bos_token_id", end - 1);
    text.put("eos_token_id", end);
    text.put("pad_token_id", end);
    vision(node, "clip_vision_model", model.image()).put("projection_dim", model.embeddingSize());
    return text(node);
  }

  /** The same of {@link Family#SIGLIP}. */
  static String siglip(Architecture model, boolean half) {
    ObjectNode node = node("siglip", "SiglipModel", half);
    ObjectNode text = text(node, "siglip_text_model", model.text());
    text.put("projection_size", model.embeddingSize());
    text.put("bos_token_id", 2); // of both SentencePiece vocabularies; no text tower reads them
    text.put("eos_token_id", 1);
    text.put("pad_token_id", 1);
    vision(node, "siglip_vision_model", model.image());
    return text(node);
  }

  private static ObjectNode text(ObjectNode node, String type, Architecture.TextTower tower) {
    ObjectNode text = node.putObject("text_config");
    text.put("model_type", type);
    text.put("vocab_size", tower.vocabulary().tokens());
    text.put("max_position_embeddings", tower.vocabulary().positions());
    layers(text, tower);
    return text;
  }

  private static ObjectNode vision(ObjectNode node, String type, Architecture.ImageTower tower) {
    ObjectNode vision = node.putObject("vision_config");
    vision.put("model_type", type);
    vision.put("image_size", tower.height());
    vision.put("patch_size", tower.patch());
    vision.put("num_channels", Architecture.CHANNELS);
    layers(vision, tower);
    return vision;
  }

  private static void layers(ObjectNode node, Architecture.Tower tower) {
    node.put("hidden_size", tower.hidden());
    node.put("intermediate_size", tower.layer().intermediate());
    node.put("num_hidden_layers", tower.layers());
    node.put("num_attention_heads", tower.heads());
    node.put("hidden_act", name(tower.layer().activation()));
    node.put("layer_norm_eps", tower.layer().epsilon());
    node.put("attention_dropout", tower.layer().dropout());
  }

  private static String name(Activation activation) {
    return switch (activation) {
      case GELU -> "gelu";
      case QUICK_GELU -> "quick_gelu";
      case GELU_TANH -> "gelu_pytorch_tanh";
    };
  }

  /** Whether a processor there does what a model's pictures need. */
  static boolean canPrepare(ModelDescription model) {
    Architecture.ImageTower tower = model.architecture().image();
    return model.resizeMode() != ResizeMode.LONGEST && tower.height() == tower.width();
  }

  /**
   * {@code preprocessor_config.json}.
   *
   * @throws UserError where it {@link #canPrepare} no such pictures
   */
  static String preprocessor(ModelDescription model) {
    if (!canPrepare(model)) {
      throw new UserError(
          "Hugging Face's processors do not pad pictures, as resize_mode longest does, nor crop"
              + " them to oblongs; --format open_clip can say longest");
    }
    boolean crops = model.resizeMode() == ResizeMode.SHORTEST;
    int side = model.architecture().image().height();
    ObjectNode node = JSON.createObjectNode();
    node.put("image_processor_type", crops ? "CLIPImageProcessor" : "SiglipImageProcessor");
    node.put("do_convert_rgb", true);
    node.put("do_resize", true);
    ObjectNode size = node.putObject("size");
    if (crops) {
      size.put("shortest_edge", side);
    } else {
      size.put("height", side).put("width", side);
    }
    node.put("resample", model.resampling() == Resampling.BICUBIC ? 3 : 2); // Pillow's numbers
    node.put("do_center_crop", crops);
    if (crops) {
      node.putObject("crop_size").put("height", side).put("width", side);
    }
    node.put("do_rescale", true);
    node.put("rescale_factor", 1.0 / 255);
    node.put("do_normalize", true);
    node.set("image_mean", JSON.valueToTree(model.mean()));
    node.set("image_std", JSON.valueToTree(model.std()));
    return text(node);
  }

  /** {@code tokenizer_config.json} of a CLIP. */
  static String clipTokenizer(ModelDescription model) {
    ObjectNode node = JSON.createObjectNode();
    node.put("tokenizer_class", "CLIPTokenizer");
    node.put("model_max_length", model.maxTokens());
    node.put("bos_token", "<|startoftext|>");
    for (String token : List.of("eos_token", "pad_token", "unk_token")) {
      node.put(token, "<|endoftext|>");
    }
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
