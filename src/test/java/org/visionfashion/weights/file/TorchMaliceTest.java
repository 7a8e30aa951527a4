package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.visionfashion.weights.file.TorchArchive.bytes;
import static org.visionfashion.weights.file.TorchArchive.dictionary;
import static org.visionfashion.weights.file.TorchArchive.floats;
import static org.visionfashion.weights.file.TorchArchive.number;
import static org.visionfashion.weights.file.TorchArchive.pickle;
import static org.visionfashion.weights.file.TorchArchive.storage;
import static org.visionfashion.weights.file.TorchArchive.tensor;
import static org.visionfashion.weights.file.TorchArchive.text;
import static org.visionfashion.weights.file.TorchArchive.tuple;
import static org.visionfashion.weights.file.TorchArchive.whole;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;

/** Files that somebody made up to do harm are refused in one line. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TorchMaliceTest {

  private static final String SIX = storage("Float", "0", 6);
  private static final byte[] SIX_FLOATS = floats(0, 1, 2, 3, 4, 5);
  private static final String W = tensor(SIX, 0, new long[] {2, 3}, 3, 1);
  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  private void refused(byte[] bytes, String... says) throws IOException {
    Path file = Files.write(folder.resolve("file.pth"), bytes);
    assertThatThrownBy(() -> readAll(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(says)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1500));
  }

  private void refusedValue(String value, String... says) throws IOException {
    refused(TorchArchive.file(pickle(value), SIX_FLOATS), says);
  }

  private static void readAll(Path path) throws IOException {
    try (TorchFile file = TorchFile.open(path)) {
      for (String name : file.names()) {
        file.floats(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os.system",
        "posix.system",
        "subprocess.Popen",
        "builtins.eval",
        "builtins.getattr",
        "__builtin__.exec",
        "torch.load",
        "torch.hub.load",
        "torch.storage._load_from_bytes",
        "torch._utils._rebuild_tensor",
        "torch._utils._rebuild_parameter_with_state",
        "torch.serialization._get_layout",
        "torch.nn.modules.linear.Linear",
        "torch.QInt8Storage",
        "torch.ComplexFloatStorage",
        "copy_reg._reconstructor",
        "copyreg._reconstructor",
        "_codecs.encode",
        "operator.attrgetter",
        "datetime.datetime",
        "datetime.tzinfo",
        "decimal.Decimal",
        "array.array",
        "array._array_reconstructor",
        "builtins.bytearray",
        "builtins.set",
        "builtins.complex",
        "builtins.KeyError",
        "exceptions.IOError",
        "pytz._UTC",
        "dateutil.tz.tzfile",
        "numpy.core.multiarray.scalar",
        "java.lang.Runtime",
        "collections.defaultdict",
      })
  void everyOtherNameIsRefusedHoweverItIsAskedFor(String name) throws IOException {
    String module = name.substring(0, name.lastIndexOf('.'));
    String simple = name.substring(name.lastIndexOf('.') + 1);
    String lines = module + "\n" + simple + "\n";
    String command = text("touch pwned");
    String says = "names " + name + ", which no state dict needs";
    refusedValue("c" + lines + "(" + command + "tR", says);
    refusedValue("c" + lines + ")\u0081", says);
    refusedValue("(" + command + "i" + lines, says);
    refusedValue("(c" + lines + command + "o", says);
    refusedValue(text(module) + text(simple) + "\u0093(" + command + "tR", says);
    refusedValue(dictionary(text("w"), W, text("evil"), "c" + lines + ")R"), says);
    refusedValue(W + "c" + lines + ")Rb", says);
  }

  /** Whatever the library's own table holds, now or in another version, is out of reach. */
  @Test
  void theTableOfTheLibraryIsNeverAsked() throws IOException {
    Unpickler.registerConstructor(
        "trap",
        "Door",
        arguments -> {
          throw new AssertionError("constructed");
        });
    refusedValue("ctrap\nDoor\n)R", "names trap.Door");
    refusedValue("(itrap\nDoor\n", "names trap.Door");
    refusedValue("(ctrap\nDoor\no", "names trap.Door");
  }

  @Test
  void allowedNamesDoNoMoreThanTheyShould() throws IOException {
    refusedValue("ccollections\nOrderedDict\n(](]" + text("k") + "ae" + "tR", "1 arguments");
    refusedValue("ctorch\nFloatStorage\n)R", "damaged pickle");
    refusedValue("ctorch._utils\n_rebuild_parameter\n)R", "0 arguments");
    refusedValue("ctorch._utils\n_rebuild_tensor_v2\n)R", "0 arguments");
    refusedValue(W + "}b", "sets the state");
    refusedValue("(" + text("module") + text("a") + "NNK\1tQ", "other than a storage");
    refusedValue("(" + text("storage") + text("a") + "NNK\1tQ", "damaged pickle");
    refusedValue("(" + text("storage") + "ctorch\nFloatStorage\nNNK\1tQ", "damaged pickle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"B", "C", "F", "I", "L", "P", "S", "T", "U", "V", "d", "g", "l", "p"})
  void opcodesThatNoCheckpointNeeds(String opcode) throws IOException {
    refusedValue(opcode + "1\n\0\0\0", "uses opcode 0x%02x".formatted((int) opcode.charAt(0)));
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 1000, 0x7FFFFFFF, 0x80000000L, 0xFFFFFFFFL})
  void textsOfAnyStatedLength(long length) throws IOException {
    cheaply(() -> refusedValue("X" + number(4, length) + "a", "ends within a text"));
  }

  private interface Action {
    void run() throws IOException;
  }

  /** What a file claims is not what it gets. */
  private static void cheaply(Action action) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    action.run();
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(taken).isLessThan(16 * MEGABYTE);
  }

  @Test
  void picklesWithoutMeasure() throws IOException {
    refusedValue("}".repeat(3_000_000), "too many objects");
    refusedValue("]".repeat(3_000_000), "too many objects");
    refusedValue("(".repeat(3_000_000), "too many objects");
    refusedValue("K\1\u0085".repeat(2_000_000), "too many objects");
    refusedValue("](" + "N".repeat(400_000) + "e" + "(Ne".repeat(400_000), "no named tensors");
  }

  @Test
  void aPickleLargerThanAnyNeeds() throws IOException {
    refused(
        TorchArchive.zip(Map.of("x/data.pkl", new byte[(1 << 24) + 1])),
        "data.pkl of 16,777,217 bytes");
  }

  @Test
  void depthWithoutMeasure() throws IOException {
    refusedValue("K\1" + "\u0085".repeat(1_000_000), "no named tensors");
    refusedValue("]".repeat(100_000) + "a".repeat(99_999), "no named tensors");
    refusedValue("]q\0h\0a", "no named tensors"); // a list in itself
    refusedValue("}(]q\0h\0a" + "K\1u", "a list or a dictionary for a key");
    refusedValue("}(}K\1u", "a list or a dictionary for a key");
    refusedValue("}q\0(" + text("k") + "h\0u", "no named tensors"); // a dictionary in itself
  }

  @Test
  void oneLongTupleForManyTensors() throws IOException {
    String sizes = "(" + "K\1".repeat(500_000) + "tq\0";
    String storage = storage("Float", "0", 6);
    refusedValue(tensor(storage, "K\0", sizes, "h\0"), "a tensor of 500000 axes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"w", "", "module.w"})
  void namesTwice(String name) throws IOException {
    refusedValue(dictionary(text(name), W, text(name), W), "has the key " + name, "twice");
    refusedValue(dictionary(text(name), W) + text(name) + W + "s", "has the key " + name, "twice");
  }

  @Test
  void aNameWithLineBreaksOrOfAnyLength() throws IOException {
    String bad = tensor(SIX, 7, new long[] {1}, 1);
    refusedValue(dictionary(text("a\nb\r\n"), bad), "tensor a b");
    refusedValue(dictionary(text("n".repeat(1_000_000)), bad), "tensor nnn");
    refusedValue("c" + "m".repeat(1_000_000) + "\nf\n", "names mmm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 7   | 1   | reaches element 6 of a storage of 6",
        "1 | 6   | 1   | reaches element 6 of a storage of 6",
        "6 |     |     | reaches element 6 of a storage of 6",
        "-1 | 2  | 1   | negative size, stride or offset",
        "0 | -2  | 1   | negative size, stride or offset",
        "5 | 2   | -1  | negative size, stride or offset",
        "0 | 2   | 6   | reaches element 6",
        "0 | 2 2 | 3 3 | overlaps itself",
        "0 | 3 2 | 1 1 | overlaps itself",
        "0 | 2 3 | 2 1 | overlaps itself",
        "0 | 2 3 | 3   | 2 sizes and 1 strides",
        "0 |     | 1   | 0 sizes and 1 strides",
        "0 | 9223372036854775807 | 0                   | repeats",
        "0 | 1048577             | 0                   | repeats",
        "0 | 9223372036854775807 | 1                   | reaches element",
        "0 | 2                   | 9223372036854775807 | no memory holds",
        "0 | 3                   | 9223372036854775807 | no memory holds",
        "9223372036854775807 | 2 | 1                   | no memory holds",
        "9223372036854775807 |   |                     | no memory holds",
        "0 | 4294967296 4294967296 | 0 0               | no memory holds",
        "0 | 4294967296 4294967296 0 | 1 1 1           | no memory holds",
        "0 | 2 9223372036854775807 | 1 1               | no memory holds",
      })
  void viewsThatAreNone(long offset, String shape, String strides, String says) throws IOException {
    String tensor = tensor(SIX, offset, longs(shape), longs(strides));
    cheaply(() -> refusedValue(dictionary(text("v"), tensor), "tensor v", says));
  }

  private static long[] longs(String numbers) {
    return numbers == null
        ? new long[0]
        : Arrays.stream(numbers.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5, 7, -1, 1L << 31, 1L << 61, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE})
  void storagesOfAnyStatedSize(long elements) throws IOException {
    String tensor = tensor(storage("Float", "0", elements), 0, new long[] {0}, 1);
    cheaply(() -> refusedValue(dictionary(text("v"), tensor), "tensor v"));
    String double6 = tensor(storage("Double", "0", 6), 0, new long[] {6}, 1);
    refusedValue(dictionary(text("v"), double6), "does not take the 24 bytes of x/data/0");
  }

  @Test
  void sizesThatAreNoNumbersOrTooLarge() throws IOException {
    String large = "\u008a\11" + "\u00ff".repeat(8) + "\1";
    for (String size : new String[] {large, "N", text("2"), "G\0\0\0\0\0\0\0\0", "\u0088"}) {
      String shape = "(" + size + "t";
      refusedValue(tensor(SIX, whole(0), shape, tuple(1)), "not a 64-bit integer");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "/etc/passwd", "0/../0", "", " 0", "-1", "0x0", "٣"})
  void keysThatAreNoNumbers(String key) throws IOException {
    Map<String, byte[]> entries =
        TorchArchive.entries(
            pickle(dictionary(text("v"), tensor(storage("Float", key, 6), 0, new long[] {6}, 1))));
    entries.put("x/data/ 0", SIX_FLOATS);
    refused(TorchArchive.zip(entries), "tensor v", "key is not a number");
  }

  @Test
  void aStorageThatIsMissing() throws IOException {
    String tensor = tensor(storage("Float", "7", 6), 0, new long[] {6}, 1);
    refusedValue(dictionary(text("v"), tensor), "has no entry x/data/7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "x/../../evil", "/etc/evil", "x\\..\\evil", "x/.."})
  void entriesThatWouldLieElsewhere(String name) throws IOException {
    Map<String, byte[]> entries =
        TorchArchive.entries(pickle(dictionary(text("w"), W)), SIX_FLOATS);
    entries.put(name, new byte[1]);
    refused(TorchArchive.zip(entries), "outside", name);
  }

  @Test
  void twoDescriptions() throws IOException {
    Map<String, byte[]> entries =
        TorchArchive.entries(pickle(dictionary(text("w"), W)), SIX_FLOATS);
    entries.put("y/data.pkl", bytes("."));
    refused(TorchArchive.zip(entries), "2 entries */data.pkl");
  }

  @Test
  void anEntryTwice() throws IOException {
    Map<String, byte[]> entries =
        TorchArchive.entries(pickle(dictionary(text("w"), W)), SIX_FLOATS);
    entries.put("x/data/1", new byte[0]);
    String zip = TorchArchive.piece(TorchArchive.zip(entries));
    refused(bytes(zip.replace("x/data/1", "x/data/0")), "two entries named x/data/0");
  }

  /** PyTorch compresses nothing, so nothing is ever unpacked, and no bomb goes off. */
  @Test
  void compressedEntries() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("x/data.pkl"));
      zip.write(new byte[1 << 20]);
    }
    cheaply(() -> refused(bytes.toByteArray(), "x/data.pkl compressed", "without compression"));
  }

  private static byte[] patched(byte[] zip, int at, int number) {
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
    return zip;
  }

  /** Each number of the end record, and of the first header of the directory. */
  @ParameterizedTest
  @ValueSource(ints = {-1, -2, 0x7FFFFFFF, 0x80000000, 1 << 20, 1 << 24})
  void numbersOfTheDirectory(int number) throws IOException {
    String value = pickle(dictionary(text("w"), W));
    int length = TorchArchive.file(value, SIX_FLOATS).length;
    for (int at : new int[] {length - 22 + 12, length - 22 + 16}) {
      cheaply(() -> refused(patched(TorchArchive.file(value, SIX_FLOATS), at, number), " "));
    }
    byte[] zip = TorchArchive.file(value, SIX_FLOATS);
    int header = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(length - 22 + 16);
    for (int field : new int[] {20, 24, 28, 30, 42}) {
      cheaply(
          () ->
              refused(patched(TorchArchive.file(value, SIX_FLOATS), header + field, number), " "));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 31, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersOf64Bits(long number) throws IOException {
    byte[] zip = TorchArchive.wide(TorchArchive.file(pickle(dictionary(text("w"), W)), SIX_FLOATS));
    int record = zip.length - 22 - 20 - 56;
    int locator = zip.length - 22 - 20;
    for (int at : new int[] {record + 40, record + 48, locator + 8}) {
      byte[] patched = zip.clone();
      ByteBuffer.wrap(patched).order(ByteOrder.LITTLE_ENDIAN).putLong(at, number);
      cheaply(() -> refused(patched, " "));
    }
    int begin = (int) ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getLong(record + 48);
    int fields = begin + 46 + "x/data.pkl".length() + 8 + 4;
    for (int at : new int[] {fields, fields + 8, fields + 16}) {
      byte[] patched = zip.clone();
      ByteBuffer.wrap(patched).order(ByteOrder.LITTLE_ENDIAN).putLong(at, number);
      cheaply(() -> refused(patched, " "));
    }
  }
}
