package org.visionfashion.weights.convert;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.data.text.TextCleaning;
import org.visionfashion.model.Architecture;
import org.visionfashion.nn.EncoderLayer.Sizes;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.pretrained.TimmSiglip;

/** {@code open_clip_config.json} as open_clip reads it. */
final class OpenClipConfig {

  private static final Logger LOG = LoggerFactory.getLogger(OpenClipConfig.class);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final double CLIP_EPSILON = 1e-5;
  private static final double SIGLIP_EPSILON = 1e-6;
  private static final double FIRST_BIAS = -10;

  /** open_clip has OpenAI's words itself. */
  private static final int CLIP_WORDS = 49408;

  /** Names a repository; whatever it says, a local folder's own tokenizer is read. */
  private static final String TOKENIZER = "hf_tokenizer_name";

  private static final String HERE = "tokenizer.json";

  private OpenClipConfig() {}

  /**
   * The file's text.
   *
   * @param model of which its family has been required
   * @throws UserError where open_clip has no key for an epsilon or activation
   */
  static String of(ModelDescription model) {
    Architecture architecture = model.architecture();
    ObjectNode root = JSON.createObjectNode();
    ObjectNode node = root.putObject("model_cfg");
    node.put("embed_dim", architecture.embeddingSize());
    if (architecture.similarity().bias()) {
      node.put("init_logit_bias", FIRST_BIAS);
    }
    if (Family.of(architecture) == Family.CLIP) {
      clip(node, architecture);
    } else {
      siglip(node, model);
    }
    ObjectNode pictures = root.putObject("preprocess_cfg");
    pictures.set("mean", JSON.valueToTree(model.mean()));
    pictures.set("std", JSON.valueToTree(model.std()));
    pictures.put("interpolation", lower(model.resampling()));
    pictures.put("resize_mode", lower(model.resizeMode()));
    return root.toPrettyString() + System.lineSeparator();
  }

  private static void clip(ObjectNode node, Architecture model) {
    Sizes image = model.image().layer();
    Sizes text = model.text().layer();
    requireEpsilon(image.epsilon(), CLIP_EPSILON);
    if (image.activation() != text.activation() || image.activation() == Activation.GELU_TANH) {
      throw new UserError(
          "open_clip's CLIP has gelu or quick_gelu in both towers; this model has %s and %s"
              .formatted(lower(image.activation()), lower(text.activation())));
    }
    node.put("quick_gelu", image.activation() == Activation.QUICK_GELU);
    ObjectNode vision = node.putObject("vision_cfg");
    vision.put("image_size", model.image().height());
    vision.put("patch_size", model.image().patch());
    vision.put("width", image.width());
    vision.put("layers", model.image().layers());
    vision.put("head_width", image.width() / image.heads());
    vision.put("mlp_ratio", ratio(image));
    ObjectNode textTower = text(node, model.text(), CLIP_EPSILON);
    if (model.text().vocabulary().tokens() != CLIP_WORDS) {
      textTower.put(TOKENIZER, HERE);
    }
  }

  private static void siglip(ObjectNode node, ModelDescription description) {
    Architecture model = description.architecture();
    requireEpsilon(model.image().layer().epsilon(), SIGLIP_EPSILON);
    node.put("custom_text", true);
    ObjectNode vision = node.putObject("vision_cfg");
    vision.put("image_size", model.image().height());
    String name = TimmSiglip.nearest(model.image());
    vision.put("timm_model_name", name);
    vision.put("timm_model_pretrained", false);
    vision.put("timm_pool", "map");
    vision.put("timm_proj", "none");
    if (TimmSiglip.of(name).filter(known -> known.is(model.image())).isEmpty()) {
      LOG.warn(
          "timm has no SigLIP tower of these sizes: open_clip_config.json says them in"
              + " timm_model_kwargs, which open_clip reads from version 4 on");
      kwargs(vision.putObject("timm_model_kwargs"), model.image());
    }
    ObjectNode text = text(node, model.text(), CLIP_EPSILON);
    text.put("no_causal_mask", true);
    text.put("proj_bias", true);
    text.put("pool_type", "last");
    text.put(TOKENIZER, HERE);
    if (description.cleaning() == TextCleaning.CANONICALIZE) {
      text.putObject("tokenizer_kwargs").put("clean", "canonicalize");
    }
    if (model.text().layer().activation() == Activation.GELU_TANH) {
      text.putObject("act_kwargs").put("approximate", "tanh");
    } else if (model.text().layer().activation() != Activation.GELU) {
      throw new UserError("open_clip's SigLIP has no " + lower(model.text().layer().activation()));
    }
  }

  private static void kwargs(ObjectNode node, Architecture.ImageTower tower) {
    node.put("img_size", tower.height());
    node.put("patch_size", tower.patch());
    node.put("embed_dim", tower.hidden());
    node.put("depth", tower.layers());
    node.put("num_heads", tower.heads());
    node.put("mlp_ratio", ratio(tower.layer()));
    node.put(
        "act_layer",
        switch (tower.layer().activation()) {
          case GELU -> "gelu";
          case GELU_TANH -> "gelu_tanh";
          case QUICK_GELU -> throw new UserError("open_clip's SigLIP has no quick_gelu");
        });
  }

  private static ObjectNode text(ObjectNode node, Architecture.TextTower tower, double epsilon) {
    Sizes sizes = tower.layer();
    ObjectNode text = node.putObject("text_cfg");
    text.put("context_length", tower.vocabulary().positions());
    text.put("vocab_size", tower.vocabulary().tokens());
    text.put("width", sizes.width());
    text.put("heads", sizes.heads());
    text.put("layers", tower.layers());
    text.put("mlp_ratio", ratio(sizes));
    if (sizes.epsilon() != epsilon) {
      text.putObject("norm_kwargs").put("eps", sizes.epsilon());
    }
    return text;
  }

  private static void requireEpsilon(double epsilon, double usual) {
    if (epsilon != usual) {
      throw new UserError(
          "open_clip's image tower has the epsilon %s; this model has %s"
              .formatted(usual, epsilon));
    }
  }

  /** The width of an MLP is cut off, not rounded. */
  private static double ratio(Sizes sizes) {
    double ratio = (double) sizes.intermediate() / sizes.width();
    return (int) (sizes.width() * ratio) == sizes.intermediate() ? ratio : Math.nextUp(ratio);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
