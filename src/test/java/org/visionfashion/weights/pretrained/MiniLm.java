package org.visionfashion.weights.pretrained;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.visionfashion.weights.file.SafetensorsWriter;

/**
 * all-MiniLM-L6-v2, a BERT that sentence-transformers published, out of the ONNX file of a Maven
 * artifact: six layers of width 384, twelve heads.
 */
public final class MiniLm {

  public static final int WIDTH = 384;
  public static final int LAYERS = 6;
  public static final int HEADS = 12;
  public static final int INTERMEDIATE = 1536;

  private static final String ONNX = "/all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

  // Field numbers of onnx.proto.
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int NODE_INPUT = 1;
  private static final int NODE_NAME = 3;
  private static final int TENSOR_DIMS = 1;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW = 9;

  private final Map<String, Initializer> initializers = new HashMap<>();
  private final Map<String, String> products = new HashMap<>();

  /** A tensor of the file; {@code bytes} little endian. */
  private record Initializer(String name, List<Long> dims, byte[] bytes) {}

  private MiniLm() {}

  public static byte[] onnx() throws IOException {
    return resource(ONNX);
  }

  public static byte[] tokenizer() throws IOException {
    return resource(TOKENIZER);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = MiniLm.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }

  /** Makes a folder that {@code model.text.init} can name: configs/demo-minilm.yaml says how. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("one argument: the folder to write");
    }
    writeTo(Path.of(arguments[0]));
  }

  /** Writes the model as Hugging Face has it: weights with BertModel's names, and the tokenizer. */
  public static void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("tokenizer.json"), tokenizer());
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors(), Map.of("format", "pt"));
  }

  private static Map<String, SafetensorsWriter.Tensor> tensors() throws IOException {
    MiniLm model = new MiniLm();
    CodedInputStream in = CodedInputStream.newInstance(onnx());
    in.setSizeLimit(Integer.MAX_VALUE);
    model.readMessage(in, MODEL_GRAPH, model::readGraph);
    Map<String, SafetensorsWriter.Tensor> tensors = new TreeMap<>();
    model.initializers.forEach(
        (name, tensor) -> {
          if (!name.startsWith("onnx::") && !name.endsWith("position_ids")) {
            tensors.put(name, new Weight(tensor, false));
          }
        });
    // "/encoder/layer.0/attention/self/query/MatMul" multiplies by the transposed weight.
    model.products.forEach(
        (node, input) -> {
          String name = node.substring(1, node.length() - "/MatMul".length()).replace('/', '.');
          tensors.put(name + ".weight", new Weight(model.initializers.get(input), true));
        });
    return tensors;
  }

  /** Reads part of a message. */
  @FunctionalInterface
  private interface Part {
    void read(CodedInputStream in) throws IOException;
  }

  private void readMessage(CodedInputStream in, int wanted, Part part) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == wanted) {
        nested(in, part);
      } else {
        in.skipField(tag);
      }
    }
  }

  private static void nested(CodedInputStream in, Part part) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    part.read(in);
    in.popLimit(limit);
  }

  private void readGraph(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case GRAPH_NODE -> nested(in, this::readNode);
        case GRAPH_INITIALIZER -> nested(in, this::readInitializer);
        default -> in.skipField(tag);
      }
    }
  }

  private void readNode(CodedInputStream in) throws IOException {
    String name = "";
    String lastInput = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case NODE_INPUT -> lastInput = in.readString();
        case NODE_NAME -> name = in.readString();
        default -> in.skipField(tag);
      }
    }
    if (name.endsWith("/MatMul") && lastInput.startsWith("onnx::MatMul")) {
      products.put(name, lastInput);
    }
  }

  private void readInitializer(CodedInputStream in) throws IOException {
    String name = "";
    List<Long> dims = new ArrayList<>();
    byte[] bytes = new byte[0];
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case TENSOR_DIMS -> dims.add(in.readInt64());
        case TENSOR_NAME -> name = in.readString();
        case TENSOR_RAW -> bytes = in.readByteArray();
        default -> in.skipField(tag);
      }
    }
    initializers.put(name, new Initializer(name, dims, bytes));
  }

  private record Weight(Initializer stored, boolean transposed)
      implements SafetensorsWriter.Tensor {

    @Override
    public long[] shape() {
      long[] shape = stored.dims().stream().mapToLong(Long::longValue).toArray();
      return transposed ? new long[] {shape[1], shape[0]} : shape;
    }

    @Override
    public float[] values() {
      float[] values = new float[stored.bytes().length / Float.BYTES];
      ByteBuffer.wrap(stored.bytes()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      if (!transposed) {
        return values;
      }
      int rows = (int) shape()[0];
      int columns = (int) shape()[1];
      float[] turned = new float[values.length];
      for (int i = 0; i < turned.length; i++) {
        turned[i] = values[i % columns * rows + i / columns];
      }
      return turned;
    }
  }
}
