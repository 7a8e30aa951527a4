package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.visionfashion.weights.file.TorchArchive.ORDERED;
import static org.visionfashion.weights.file.TorchArchive.bytes;
import static org.visionfashion.weights.file.TorchArchive.dictionary;
import static org.visionfashion.weights.file.TorchArchive.floats;
import static org.visionfashion.weights.file.TorchArchive.pickle;
import static org.visionfashion.weights.file.TorchArchive.storage;
import static org.visionfashion.weights.file.TorchArchive.tensor;
import static org.visionfashion.weights.file.TorchArchive.text;
import static org.visionfashion.weights.file.TorchArchive.whole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.model.Golden;

/** What PyTorch saved is read as PyTorch reads it. */
class TorchFileTest {

  private static final String SIX = storage("Float", "0", 6);
  private static final byte[] SIX_FLOATS = floats(0, 1, 2, 3, 4, 5);
  private static final String W = tensor(SIX, 0, new long[] {2, 3}, 3, 1);

  @TempDir private Path folder;

  private TorchFile open(byte[] bytes) throws IOException {
    return TorchFile.open(Files.write(folder.resolve("file.pth"), bytes));
  }

  private TorchFile open(String value, byte[]... storages) throws IOException {
    return open(TorchArchive.file(pickle(value), storages));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  private static void assertSame(Tensors read, String name, Tensors expected) throws IOException {
    assertThat(read.info(name).shape()).as(name).isEqualTo(expected.info(name).shape());
    assertThat(read.info(name).type()).as(name).isEqualTo(expected.info(name).type());
    assertThat(bits(read.floats(name))).as(name).isEqualTo(bits(expected.floats(name)));
  }

  @Test
  void aStateDictOfPyTorch() throws IOException {
    try (TorchFile read = TorchFile.open(Golden.path("state_dict.pth"));
        SafetensorsFile model = Golden.open("model.safetensors");
        SafetensorsFile pooler = Golden.open("image_pooler.safetensors")) {
      Set<String> expected = new HashSet<>(model.names());
      List<String> poolers =
          List.of("image_encoder.pooler.dense.weight", "image_encoder.pooler.dense.bias");
      expected.addAll(poolers);
      expected.add("logit_scale");
      assertThat(read.names()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(read.metadata()).isEmpty();
      for (String name : model.names()) {
        assertSame(read, name, model);
      }
      for (String name : poolers) {
        assertSame(read, name, pooler);
      }
      assertThat(read.info("logit_scale").shape()).isEmpty();
      assertThat(Math.exp(read.floats("logit_scale")[0])).isBetween(1.0, 100.0);
    }
  }

  @Test
  void nestedViewsOfPyTorch() throws IOException {
    try (TorchFile read = TorchFile.open(Golden.path("nested_views.pth"));
        SafetensorsFile expected = Golden.open("nested_views.expected.safetensors")) {
      String wrapped = "module.";
      assertThat(read.names())
          .containsExactly("module.a", "module.b", "module.c", "module.d", "module.e")
          .containsAll(expected.names().stream().map(wrapped::concat).toList());
      for (String bare : expected.names()) {
        String name = wrapped + bare;
        if (expected.info(bare).type().startsWith("I")) {
          assertThat(read.info(name).type()).isEqualTo(expected.info(bare).type());
          assertThat(read.longs(name)).isEqualTo(expected.longs(bare));
          assertThatThrownBy(() -> read.floats(name))
              .isInstanceOf(UserError.class)
              .hasMessageContaining("tensor " + name + " is I64, not a float type");
        } else {
          assertThat(read.info(name).shape()).isEqualTo(expected.info(bare).shape());
          assertThat(bits(read.floats(name))).isEqualTo(bits(expected.floats(bare)));
        }
      }
    }
  }

  /** The reference has no bfloat16: there it is the transpose of the first, rounded to 8 bits. */
  @Test
  void bfloat16OfPyTorch() throws IOException {
    try (Tensors read = WeightsFiles.open(Golden.path("nested_views.pth"))) {
      assertThat(read.info("d").type()).isEqualTo("BF16");
      float[] whole = read.floats("a");
      float[] rounded = read.floats("d");
      for (int i = 0; i < rounded.length; i++) {
        float exact = whole[i % 6 * 4 + i / 6];
        assertThat(rounded[i]).isCloseTo(exact, within(Math.abs(exact) / 256));
      }
    }
  }

  @Test
  void theOldFormatIsRefusedWithTheRemedy() {
    Path file = Golden.path("legacy_format.pth");
    assertThatThrownBy(() -> TorchFile.open(file).close())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll("old format", "torch.load(", "weights_only=True");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 6    | 1     | 0 1 2 3 4 5",
        "0 | 2 3  | 3 1   | 0 1 2 3 4 5",
        "0 | 3 2  | 1 3   | 0 3 1 4 2 5",
        "1 | 2 2  | 3 1   | 1 2 4 5",
        "1 | 2 2  | 1 3   | 1 4 2 5",
        "0 | 3    | 2     | 0 2 4",
        "4 | 2    | 1     | 4 5",
        "5 | 1    | 77    | 5",
        "2 | 3    | 0     | 2 2 2",
        "0 | 2 3  | 0 1   | 0 1 2 0 1 2",
        "0 | 3 2  | 2 0   | 0 0 2 2 4 4",
        "0 | 3 1 2 | 2 9 1 | 0 1 2 3 4 5",
        "0 | 2 1 3 | 1 0 2 | 0 2 4 1 3 5",
      })
  void views(long offset, String shape, String strides, String expected) throws IOException {
    String tensor = tensor(SIX, offset, longs(shape), longs(strides));
    try (TorchFile file = open(dictionary(text("v"), tensor), SIX_FLOATS)) {
      assertThat(file.info("v").shape()).isEqualTo(longs(shape));
      assertThat(file.floats("v")).containsExactly(toFloats(longs(expected)));
    }
  }

  private static long[] longs(String numbers) {
    return Arrays.stream(numbers.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }

  private static float[] toFloats(long[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers[i];
    }
    return floats;
  }

  /** Larger than the window through which it is read, so that the window moves. */
  @Test
  void aLargePermutationAgainstASlowOracle() throws IOException {
    int[] sizes = {37, 70, 130};
    float[] values = new float[37 * 70 * 130];
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    String storage = storage("Float", "0", values.length);
    String permuted = tensor(storage, 0, new long[] {130, 37, 70}, 1, 70 * 130, 130);
    try (TorchFile file = open(dictionary(text("p"), permuted), floats(values))) {
      float[] read = file.floats("p");
      int next = 0;
      for (int c = 0; c < sizes[2]; c++) {
        for (int a = 0; a < sizes[0]; a++) {
          for (int b = 0; b < sizes[1]; b++) {
            assertThat(read[next++]).isEqualTo(values[(a * sizes[1] + b) * sizes[2] + c]);
          }
        }
      }
    }
  }

  @Test
  void scalarsAndEmptyTensors() throws IOException {
    String value =
        dictionary(
            text("scalar"), tensor(SIX, 2, new long[0]),
            text("empty"), tensor(SIX, 0, new long[] {0, 4}, 4, 1),
            text("none"), tensor(storage("Float", "1", 0), 0, new long[] {0}, 1));
    try (TorchFile file = open(value, SIX_FLOATS, new byte[0])) {
      assertThat(file.names()).containsExactly("scalar", "empty", "none");
      assertThat(file.info("scalar").shape()).isEmpty();
      assertThat(file.floats("scalar")).containsExactly(2);
      assertThat(file.floats("empty")).isEmpty();
      assertThat(file.floats("none")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Double,F64",
    "Float,F32",
    "Half,F16",
    "BFloat16,BF16",
    "Long,I64",
    "Int,I32",
    "Short,I16",
    "Char,I8",
    "Byte,U8",
    "Bool,BOOL"
  })
  void everyType(String torch, String type) throws IOException {
    ElementType element = ElementType.valueOf(type);
    ByteBuffer data =
        ByteBuffer.allocate(2 * element.bytes()).order(ByteOrder.LITTLE_ENDIAN).put(0, (byte) 1);
    String tensor = tensor(storage(torch, "0", 2), 0, new long[] {2}, 1);
    try (TorchFile file = open(dictionary(text("t"), tensor), data.array())) {
      assertThat(file.info("t").type()).isEqualTo(type);
      if (element.isFloat()) {
        assertThat(file.floats("t")).hasSize(2);
        assertThatThrownBy(() -> file.longs("t")).hasMessageContaining("t is " + type);
      } else {
        assertThat(file.longs("t")).containsExactly(1, 0);
        assertThatThrownBy(() -> file.floats("t")).hasMessageContaining("t is " + type);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model", "model_state_dict"})
  void nests(String nest) throws IOException {
    String inner = dictionary(text("w"), W, text("v"), W);
    String value =
        dictionary(text("epoch"), "K\3", text(nest), inner, text("lr"), "G\0\0\0\0\0\0\0\0");
    try (TorchFile file = open(value, SIX_FLOATS)) {
      assertThat(file.names()).containsExactly("w", "v");
      assertThat(file.floats("v")).hasSize(6);
    }
  }

  @Test
  void aNestWithoutTensorsIsNotTheOne() throws IOException {
    String settings = dictionary(text("width"), "K\7");
    String value =
        dictionary(text("model"), settings, text("model_state_dict"), dictionary(text("w"), W));
    try (TorchFile file = open(value, SIX_FLOATS)) {
      assertThat(file.names()).containsExactly("w");
    }
  }

  /** What modules put around their tensors: parameters, version numbers, other values. */
  @Test
  void trimmings() throws IOException {
    String parameter = "ctorch._utils\n_rebuild_parameter\n(" + W + "\u0088" + ORDERED + "tR";
    String versions = dictionary(text("_metadata"), ORDERED);
    String value =
        ORDERED + "(" + text("p") + parameter + text("n") + "N" + text("l") + "](K\1K\2e" + "u";
    try (TorchFile file = open(value + versions + "b", SIX_FLOATS)) {
      assertThat(file.names()).containsExactly("p");
      assertThat(file.floats("p")).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  /** The opcodes of {@code pickle_protocol=4}. */
  @Test
  void newerPickles() throws IOException {
    String type = "\u008c\5torch\u008c\14FloatStorage\u0093";
    String key = "\u008c\1" + "0\u0094";
    String storage = "(\u008c\7storage" + type + key + "\u008c\3cpu" + whole(6) + "tQ";
    String value = dictionary("\u008c\1w", tensor(storage, 0, new long[] {6}, 1));
    byte[] zip = TorchArchive.file("\u0080\4\u0095" + "\0".repeat(8) + value + ".", SIX_FLOATS);
    try (TorchFile file = open(zip)) {
      assertThat(file.floats("w")).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void theOrderOfTheFile() throws IOException {
    List<String> items = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      names.add(Integer.toHexString(i * 7919));
      items.add(text(names.get(i)) + W);
    }
    try (TorchFile file = open(dictionary(items.toArray(String[]::new)), SIX_FLOATS)) {
      assertThat(file.names()).containsExactlyElementsOf(names);
    }
  }

  @Test
  void sizesIn64Bits() throws IOException {
    byte[] zip = TorchArchive.file(pickle(dictionary(text("w"), W)), SIX_FLOATS);
    try (TorchFile file = open(TorchArchive.wide(zip))) {
      assertThat(file.floats("w")).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void otherKindsOfArchives() throws IOException {
    Map<String, byte[]> entries =
        TorchArchive.entries(pickle(dictionary(text("w"), W)), SIX_FLOATS);
    entries.put("x/byteorder", bytes("little"));
    open(TorchArchive.zip(entries)).close();
    entries.put("x/byteorder", bytes("big"));
    refused(TorchArchive.zip(entries), "big-endian machine");
    entries.put("x/byteorder", bytes("little"));
    entries.put("x/code/__torch__.py", bytes("def forward"));
    refused(TorchArchive.zip(entries), "TorchScript", "state_dict()");
    entries.remove("x/code/__torch__.py");
    entries.put("x/constants.pkl", bytes("."));
    refused(TorchArchive.zip(entries), "TorchScript", "state_dict()");
    refused(TorchArchive.zip(Map.of("a/b", new byte[3])), "0 entries */data.pkl");
    refused(new byte[] {1, 2, 3}, "too short");
    refused(bytes("{\"format\": 1}"), "no zip archive");
  }

  private void refused(byte[] bytes, String... says) {
    assertThatThrownBy(() -> open(bytes).close())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder.resolve("file.pth").toString())
        .hasMessageContainingAll(says);
  }

  @Test
  void noTensorsAtAll() throws IOException {
    refused(TorchArchive.file(pickle("}")), "no named tensors", "model_state_dict");
    refused(TorchArchive.file(pickle("K\1")), "no named tensors");
    refused(TorchArchive.file(pickle(W), SIX_FLOATS), "no named tensors");
  }

  @Test
  void aFileThatIsNotThere() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> TorchFile.open(missing).close())
        .isInstanceOf(UserError.class)
        .hasMessage(missing + ": no such file");
  }
}
