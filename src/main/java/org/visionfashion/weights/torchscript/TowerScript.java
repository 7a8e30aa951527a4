package org.visionfashion.weights.torchscript;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.engine.Operations;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.ImageTower;
import org.visionfashion.model.Architecture.Projection;
import org.visionfashion.model.Architecture.TextLayers;
import org.visionfashion.model.Architecture.TextTower;
import org.visionfashion.nn.EncoderLayer;
import org.visionfashion.nn.EncoderLayer.Names;
import org.visionfashion.nn.EncoderLayer.Wanted;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.file.Stacked;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.file.TorchWriter;

/**
 * A tower as a TorchScript class: one call after another of the operations that the model itself
 * calls, on tensors that the class holds.
 */
final class TowerScript {

  /** What the code calls the value that goes from call to call. */
  private static final String X = "x";

  /**
   * To whole levels, as Pillow's pixels are; what is cut off is told by Python's rounding, half to
   * even.
   */
  private static final String RESIZE =
      """
      b, c, h, w = pixel_values.size()
      if [h, w] != [%1$d, %2$d]:
        size = %3$s
        cut_h = size[0] - %1$d
        cut_w = size[1] - %2$d
        top = cut_h // 2 + (cut_h %% 2) * ((cut_h // 2) %% 2)
        left = cut_w // 2 + (cut_w %% 2) * ((cut_w // 2) %% 2)
        levels = torch.mul(torch.add(torch.mul(pixel_values, %5$s), %4$s), 255.0)
        levels = torch.round(torch.clamp(torch._upsample_%6$s2d_aa(levels, size, False, None, None), 0.0, 255.0))
        levels = torch.slice(torch.slice(levels, 2, top, top + %1$d), 3, left, left + %2$d)
        pixels = torch.div(torch.sub(torch.div(levels, 255.0), %4$s), %5$s)
      else:
        pixels = pixel_values\
      """;

  /** The smallest size of the same shape that covers the input. */
  private static final String COVER = "[max(%1$d, h * %2$d // w), max(%2$d, w * %1$d // h)]";

  private final String name;
  private final Map<String, Tensor> weights;
  private final Map<String, Tensor> held = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final String inputs;

  private TowerScript(String name, String inputs, Map<String, Tensor> weights) {
    this.name = name;
    this.inputs = inputs;
    this.weights = weights;
  }

  /**
   * {@code forward(pixel_values)}, normalised pixels (B, 3, H, W), gives embeddings of length 1 (B,
   * E). Pictures of another height or width are resized first as the model's are: Java's filters,
   * which DJL's translators have, know no antialiasing.
   */
  static TowerScript image(ModelDescription model, Map<String, Tensor> weights) {
    TowerScript script = new TowerScript("VisionModel", "pixel_values: Tensor", weights);
    script.resized(model);
    script.image(model.architecture().image());
    return script;
  }

  private void resized(ModelDescription model) {
    int height = model.architecture().image().height();
    int width = model.architecture().image().width();
    String size =
        switch (model.resizeMode()) {
          case SHORTEST -> COVER.formatted(height, width);
          case SQUASH -> "[%d, %d]".formatted(height, width);
          case LONGEST ->
              throw new UserError(
                  "a TorchScript pads no pictures, as resize_mode longest does; --format onnx"
                      + " leaves pictures to you");
        };
    String mean = constant(floats(model.mean()), Architecture.CHANNELS, 1, 1);
    String std = constant(floats(model.std()), Architecture.CHANNELS, 1, 1);
    String filter = model.resampling().name().toLowerCase(Locale.ROOT);
    lines.addAll(RESIZE.formatted(height, width, size, mean, std, filter).lines().toList());
  }

  private static float[] floats(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }

  /**
   * {@code forward(input_ids, attention_mask)}, both (B, L), gives embeddings of length 1 as the
   * one token of a sequence, (B, 1, E): DJL's translator of texts pools sequences.
   */
  static TowerScript text(Architecture model, Map<String, Tensor> weights) {
    TowerScript script =
        new TowerScript("TextModel", "input_ids: Tensor, attention_mask: Tensor", weights);
    script.text(model.text());
    return script;
  }

  /** Writes the archive that {@code torch.jit.load} reads. */
  void write(Path file) throws IOException {
    StringBuilder code = new StringBuilder(Operations.source()).append('\n');
    code.append("class ").append(name).append("(Module):\n");
    for (String line :
        List.of(
            "__parameters__ = []",
            "__buffers__ = []",
            "training : bool",
            "operations : __torch__.Operations")) {
      code.append("  ").append(line).append('\n');
    }
    held.keySet().forEach(each -> code.append("  ").append(each).append(" : Tensor\n"));
    code.append("  def forward(self: __torch__.%s, %s) -> Tensor:\n".formatted(name, inputs));
    code.append("    operations = self.operations\n");
    lines.forEach(line -> code.append("    ").append(line).append('\n'));
    code.append("    return ").append(X).append('\n');
    TorchWriter.writeModule(file, name, code.toString(), held);
  }

  /** {@code x = operations.method(x, arguments)}. */
  private void call(String method, String first, String... arguments) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(arguments));
    lines.add("%s = operations.%s(%s)".formatted(X, method, String.join(", ", all)));
  }

  private void image(ImageTower tower) {
    String prefix = "image_encoder.";
    String embeddings = prefix + "embeddings.";
    String dense = embeddings + "patch_embeddings.projection.";
    call(
        "patch_embedding",
        "pixels",
        weight(dense + "weight"),
        tower.stem().patchBias() ? weight(dense + "bias") : zeros(tower.hidden()),
        tower.stem().classToken() ? weight(embeddings + "cls_token") : zeros(1, 0, tower.hidden()),
        weight(embeddings + "position_embeddings"),
        numbers(0));
    if (tower.stem().norm()) {
      norm(prefix + "pre_layernorm", tower.layer());
    }
    layers(prefix, tower, Names.VIT, false, null);
    norm(prefix + "layernorm", tower.layer());
    pool(tower, prefix + "pooler", patchShares(tower), Architecture.Vocabulary.NO_END);
    end(tower.projection(), "image_projection");
  }

  /** The class token has no part in a mean of patches. */
  private String patchShares(ImageTower tower) {
    float[] shares = new float[tower.tokens()];
    Arrays.fill(shares, 1);
    shares[0] = tower.stem().classToken() ? 0 : 1;
    return constant(shares, 1, shares.length);
  }

  private void text(TextTower tower) {
    String prefix = "text_encoder.";
    String embeddings = prefix + "embeddings.";
    boolean bert = tower.style() == TextLayers.POST_NORM;
    String words = weight(embeddings + "word_embeddings.weight");
    String positions = weight(embeddings + "position_embeddings.weight");
    String epsilon = numbers(tower.layer().epsilon(), 0);
    if (tower.vocabulary().tokenTypes() == 0) {
      call("plain_token_embedding", "input_ids", words, positions, epsilon);
    } else {
      call(
          "token_embedding",
          "input_ids",
          "torch.zeros_like(input_ids)",
          words,
          weight(embeddings + "token_type_embeddings.weight"),
          positions,
          weight(embeddings + "LayerNorm.weight"),
          weight(embeddings + "LayerNorm.bias"),
          epsilon);
    }
    if (bert) {
      lines.add("mask = operations.mask_bias(attention_mask)");
    }
    boolean causal = tower.style() == TextLayers.CAUSAL;
    layers(prefix, tower, bert ? Names.BERT : Names.VIT, causal, bert ? "mask" : null);
    if (!bert) {
      norm(prefix + "layernorm", tower.layer());
    }
    pool(
        tower,
        prefix + "pooler",
        tower.pooling() == Pooling.END_OF_TEXT ? "input_ids" : "attention_mask",
        tower.vocabulary().endOfText());
    end(tower.projection(), "text_projection");
    lines.add(X + " = torch.unsqueeze(" + X + ", 1)");
  }

  private void norm(String norm, EncoderLayer.Sizes sizes) {
    call(
        "layer_norm",
        X,
        weight(norm + ".weight"),
        weight(norm + ".bias"),
        numbers(sizes.epsilon()));
  }

  /**
   * @param mask what is added to attention scores behind norms; null before them
   */
  private void layers(
      String prefix, Architecture.Tower tower, Names names, boolean causal, String mask) {
    for (int i = 0; i < tower.layers(); i++) {
      String layer = prefix + "encoder.layer." + i;
      Wanted wanted = i == tower.layers() - 1 ? Wanted.by(tower.pooling()) : Wanted.ALL;
      List<String> arguments = new ArrayList<>();
      if (mask != null) {
        arguments.add(mask);
      }
      arguments.add(numbers(EncoderLayer.numbers(tower.layer(), 0, wanted, causal)));
      arguments.addAll(products(layer, names));
      for (String norm : List.of(names.firstNorm(), names.secondNorm())) {
        arguments.add(weight(layer + "." + norm + ".weight"));
        arguments.add(weight(layer + "." + norm + ".bias"));
      }
      call(
          mask == null ? "pre_norm_layer" : "post_norm_layer", X, arguments.toArray(String[]::new));
    }
  }

  /** What {@code layer_products} makes. */
  private List<String> products(String layer, Names names) {
    List<String> products = new ArrayList<>();
    for (String kind : List.of("weight", "bias")) {
      List<Tensor> parts =
          Stream.of("query", "key", "value")
              .map(part -> layer + "." + names.projections() + "." + part + "." + kind)
              .map(weights::get)
              .toList();
      products.add(hold(new Stacked(parts)));
    }
    for (String dense : List.of("attention.output", "intermediate", "output")) {
      products.add(weight(layer + "." + dense + ".dense.weight"));
      products.add(weight(layer + "." + dense + ".dense.bias"));
    }
    return products;
  }

  private void pool(Architecture.Tower tower, String pooler, String tokens, int end) {
    switch (tower.pooling()) {
      case CLS -> call("first_token", X);
      case LAST -> call("last_token", X);
      case POOLER ->
          call("pooler", X, weight(pooler + ".dense.weight"), weight(pooler + ".dense.bias"));
      case MEAN -> call("mean_token", X, tokens);
      case END_OF_TEXT -> call("end_of_text", X, tokens, numbers(end));
      case ATTENTION -> {
        List<String> arguments = new ArrayList<>();
        arguments.add(numbers(EncoderLayer.numbers(tower.layer(), 0, Wanted.ALL, false)));
        arguments.addAll(products(pooler, Names.VIT));
        arguments.add(weight(pooler + ".query"));
        arguments.add(weight(pooler + ".layernorm.weight"));
        arguments.add(weight(pooler + ".layernorm.bias"));
        call("attention_pooler", X, arguments.toArray(String[]::new));
      }
    }
  }

  private void end(Projection projection, String dense) {
    switch (projection) {
      case LINEAR -> call("linear", X, weight(dense + ".weight"), weight(dense + ".bias"));
      case WITHOUT_BIAS -> call("linear_without_bias", X, weight(dense + ".weight"));
      case NONE -> {}
    }
    call("l2_normalise", X);
  }

  private String weight(String tensor) {
    return hold(weights.get(tensor));
  }

  /** Numbers that an operation takes. */
  private String numbers(double... numbers) {
    List<Double> all = Arrays.stream(numbers).boxed().toList();
    return constant(floats(all), numbers.length);
  }

  private String zeros(long... shape) {
    return constant(new float[(int) TensorInfo.count(shape)], shape);
  }

  private String constant(float[] values, long... shape) {
    return hold(new Constant(values, shape));
  }

  private record Constant(float[] values, long[] shape) implements Tensor {}

  private String hold(Tensor tensor) {
    String attribute = "t" + held.size();
    held.put(attribute, tensor);
    return "self." + attribute;
  }
}
