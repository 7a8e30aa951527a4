package org.visionfashion.weights.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.visionfashion.base.UserError;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.file.Transposed;

/**
 * An ONNX graph in the making, node after node; a value is known by its name. Field numbers are
 * those of onnx.proto.
 */
final class Graph {

  /** Version of the operators: the first with LayerNormalization. */
  static final int OPSET = 17;

  private static final int IR_VERSION = 8;

  private static final int NODE = 1;
  private static final int INITIALIZER = 5;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;

  /** Types of elements. */
  enum Element {
    FLOAT(1),
    INT8(3),
    INT32(6),
    INT64(7),
    BOOLEAN(9),
    HALF(10);

    private final int number;

    Element(int number) {
      this.number = number;
    }
  }

  private final Message body = new Message();
  private final Map<String, Tensor> weights;
  private final Precision precision;
  private final Element type;
  private final Set<String> initializers = new HashSet<>();
  private final Map<String, List<String>> quantised = new HashMap<>();
  private int values;

  /**
   * @param weights by name, which the graph takes what it needs of
   */
  Graph(String name, Map<String, Tensor> weights, Precision precision) {
    this.weights = weights;
    this.precision = precision;
    this.type = precision == Precision.FP16 ? Element.HALF : Element.FLOAT;
    body.text(2, name);
  }

  /** The type that the graph computes in. */
  Element type() {
    return type;
  }

  /**
   * An input.
   *
   * @param axes a size, or the name of one that is told with the input
   */
  String input(String name, Element of, Object... axes) {
    body.message(INPUT, valueInfo(name, of, axes));
    return name;
  }

  /** An output in floats, under its own name. */
  void output(String name, String value, Object... axes) {
    add("Identity", List.of(name), List.of(), value);
    body.message(OUTPUT, valueInfo(name, Element.FLOAT, axes));
  }

  private static Message valueInfo(String name, Element of, Object... axes) {
    Message shape = new Message();
    for (Object axis : axes) {
      Message dimension =
          axis instanceof String symbol
              ? new Message().text(2, symbol)
              : new Message().number(1, ((Number) axis).longValue());
      shape.message(1, dimension);
    }
    Message tensor = new Message().number(1, of.number).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A tensor of the model. */
  String weight(String name) {
    return initializer(name, type, weights.get(name));
  }

  /** The product of (..., in) with a weight (out, in), (..., out). */
  String product(String x, String name) {
    if (precision != Precision.INT8) {
      // Its axes are exchanged, as a product takes it on the right.
      Tensor weight = new Transposed(weights.get(name));
      return node("MatMul", x, initializer(name + ".transposed", type, weight));
    }
    QuantisedMatrix matrix = new QuantisedMatrix(weights.get(name));
    List<String> integers =
        quantised.computeIfAbsent(x, each -> nodes("DynamicQuantizeLinear", 3, each));
    String whole = node("MatMulInteger", integers.get(0), quantised(name, matrix), integers.get(2));
    String scales = numbers(matrix.scales(), matrix.outputs());
    String scale = node("Mul", integers.get(1), scales);
    return node("Mul", cast(whole, Element.INT32, Element.FLOAT), scale);
  }

  private String quantised(String name, QuantisedMatrix matrix) {
    String integers = name + ".quantised";
    Message proto = proto(integers, Element.INT8, matrix.inputs(), matrix.outputs());
    long bytes = (long) matrix.inputs() * matrix.outputs();
    proto.content(9, bytes, out -> out.write(ByteBuffer.wrap(matrix.integers())));
    body.message(INITIALIZER, proto);
    return integers;
  }

  /** Numbers of the type that the graph computes in. */
  String numbers(float[] values, long... shape) {
    return initializer("constant_" + this.values++, type, new Constant(values, shape));
  }

  String number(double value) {
    return numbers(new float[] {(float) value}, 1);
  }

  /** A number in floats, whatever the graph computes in. */
  String wholeFloat(double value) {
    Constant constant = new Constant(new float[] {(float) value}, new long[] {1});
    return initializer("constant_" + values++, Element.FLOAT, constant);
  }

  private record Constant(float[] values, long[] shape) implements Tensor {}

  private String initializer(String name, Element of, Tensor tensor) {
    if (initializers.add(name)) {
      boolean half = of == Element.HALF;
      long bytes = TensorInfo.count(tensor.shape()) * (half ? Short.BYTES : Float.BYTES);
      Message proto = proto(name, of, tensor.shape());
      proto.content(9, bytes, out -> SafetensorsWriter.write(out, tensor.values(), half));
      body.message(INITIALIZER, proto);
    }
    return name;
  }

  /** Whole numbers, a vector; sizes and axes are such. */
  String integers(long... values) {
    String name = "constant_" + this.values++;
    Message proto = proto(name, Element.INT64, values.length);
    for (long value : values) {
      proto.number(7, value);
    }
    body.message(INITIALIZER, proto);
    return name;
  }

  private static Message proto(String name, Element of, long... shape) {
    Message proto = new Message();
    for (long size : shape) {
      proto.number(1, size);
    }
    return proto.number(2, of.number).text(8, name);
  }

  /** An attribute of a node. */
  record Attribute(Message message) {

    static Attribute of(String name, long value) {
      return new Attribute(new Message().text(1, name).number(3, value).number(20, 2));
    }

    static Attribute of(String name, double value) {
      return new Attribute(new Message().text(1, name).real(2, (float) value).number(20, 1));
    }

    static Attribute of(String name, long... values) {
      Message message = new Message().text(1, name);
      for (long value : values) {
        message.number(8, value);
      }
      return new Attribute(message.number(20, 7));
    }
  }

  /** A node without attributes; gives its value. */
  String node(String operator, String... inputs) {
    return node(operator, List.of(), inputs);
  }

  String node(String operator, Attribute attribute, String... inputs) {
    return node(operator, List.of(attribute), inputs);
  }

  String node(String operator, List<Attribute> attributes, String... inputs) {
    String value = operator + "_" + values++;
    add(operator, List.of(value), attributes, inputs);
    return value;
  }

  /** A node that gives several values. */
  private List<String> nodes(String operator, int outputs, String... inputs) {
    String name = operator + "_" + values++;
    List<String> all = IntStream.range(0, outputs).mapToObj(i -> name + "_" + i).toList();
    add(operator, all, List.of(), inputs);
    return all;
  }

  private void add(
      String operator, List<String> outputs, List<Attribute> attributes, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    outputs.forEach(output -> node.text(2, output));
    node.text(3, "node_" + outputs.get(0)).text(4, operator);
    attributes.forEach(attribute -> node.message(5, attribute.message()));
    body.message(NODE, node);
  }

  /** A value as another type; itself where it is of it. */
  String cast(String value, Element from, Element to) {
    return from == to ? value : node("Cast", Attribute.of("to", (long) to.number), value);
  }

  /**
   * Writes the model.
   *
   * @param metadata what runtimes show of it
   * @throws UserError where it is larger than a message can be
   */
  void write(Path file, Map<String, String> metadata) throws IOException {
    Message model =
        new Message()
            .number(1, IR_VERSION)
            .text(2, "VisionFashion")
            .message(7, body)
            .message(8, new Message().text(1, "").number(2, OPSET));
    metadata.forEach((key, value) -> model.message(14, new Message().text(1, key).text(2, value)));
    if (model.size() > Integer.MAX_VALUE) {
      throw new UserError(
          "%s would be %,d bytes, and an ONNX file can be 2 GiB%s"
              .formatted(
                  file.getFileName(),
                  model.size(),
                  precision == Precision.FP32 ? "; convert with --half or to onnx-int8" : ""));
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        WritableByteChannel channel = Channels.newChannel(out)) {
      model.writeTo(channel);
    }
  }
}
