package org.visionfashion.weights.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;

/**
 * Reads a checkpoint of PyTorch: a zip file with a pickle that describes the tensors, and an entry
 * for each storage. The state dict may lie under {@code state_dict}, {@code model} or {@code
 * model_state_dict}. Nothing in the file is executed: see {@link TorchUnpickler}. The descriptions
 * are checked on opening; tensors are read one at a time.
 *
 * @see <a href="https://pytorch.org/docs/stable/notes/serialization.html">the format</a>
 */
public final class TorchFile implements Tensors {

  private static final int ZIP = 0x04034b50;
  private static final byte PICKLE = (byte) 0x80;
  private static final Pattern DESCRIPTION = Pattern.compile("[^/]+/data\\.pkl");
  private static final Pattern KEY = Pattern.compile("\\d{1,9}");
  private static final List<String> NESTS = List.of("state_dict", "model", "model_state_dict");

  private static final int WINDOW = 1 << 18;

  private final FileBytes file;
  private final TorchZip zip;
  private final String root;
  private final Map<String, TorchTensor> tensors;

  private TorchFile(FileBytes file) throws IOException {
    this.file = file;
    checkForm();
    this.zip = TorchZip.read(file);
    this.root = root();
    checkKind();
    this.tensors = stateDict(unpickle(zip.content(entry("data.pkl"))));
    tensors.forEach(this::check);
  }

  /**
   * Opens a file.
   *
   * @throws UserError where it is not a checkpoint of plain tensors, or is damaged
   */
  public static TorchFile open(Path path) throws IOException {
    FileBytes file = FileBytes.open(path);
    try {
      return new TorchFile(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void checkForm() throws IOException {
    if (file.size() < Integer.BYTES) {
      throw bad("is too short to be a PyTorch file");
    }
    ByteBuffer magic = file.read(0, Integer.BYTES);
    if (magic.get(0) == PICKLE) {
      throw bad(
          "is in PyTorch's old format; in Python, torch.save(torch.load(file, weights_only=True),"
              + " file) converts it to the current one");
    }
    if (magic.getInt(0) != ZIP) {
      throw bad("is not a PyTorch file: it is no zip archive");
    }
  }

  /** The folder in the archive that holds everything; PyTorch names it after the file. */
  private String root() {
    List<String> descriptions =
        zip.entries().keySet().stream().filter(DESCRIPTION.asMatchPredicate()).toList();
    if (descriptions.size() != 1) {
      throw bad("is not a PyTorch file: it has " + descriptions.size() + " entries */data.pkl");
    }
    String description = descriptions.get(0);
    return description.substring(0, description.indexOf('/') + 1);
  }

  private TorchZip.Entry entry(String name) {
    TorchZip.Entry entry = zip.entries().get(root + name);
    if (entry == null) {
      throw bad("has no entry " + root + name);
    }
    return entry;
  }

  private void checkKind() throws IOException {
    Set<String> names = zip.entries().keySet();
    if (names.contains(root + "constants.pkl")
        || names.stream().anyMatch(name -> name.startsWith(root + "code/"))) {
      throw bad("is a TorchScript program, not a state dict: save its state_dict() in Python");
    }
    if (names.contains(root + "byteorder") && !text("byteorder").equals("little")) {
      throw bad("was written on a big-endian machine: save it again on another");
    }
  }

  private String text(String name) throws IOException {
    return new String(zip.content(entry(name)), StandardCharsets.UTF_8).strip();
  }

  private Object unpickle(byte[] pickle) {
    try {
      return new TorchUnpickler().loads(pickle);
    } catch (TorchUnpickler.Refusal e) {
      throw bad("is refused: its pickle " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      // The library meets damage with whatever exception it happens to run into.
      throw bad("has a damaged pickle: download it again", e);
    }
  }

  private Map<String, TorchTensor> stateDict(Object top) {
    Stream<Object> places =
        top instanceof Map<?, ?> map
            ? Stream.concat(NESTS.stream().map(map::get), Stream.of(map))
            : Stream.empty();
    return places
        .map(TorchFile::tensors)
        .filter(Predicate.not(Map::isEmpty))
        .findFirst()
        .orElseGet(() -> underOtherKey(top));
  }

  /** A state dict under a key of its author's choice, where it is the only one. */
  private Map<String, TorchTensor> underOtherKey(Object top) {
    List<Map<String, TorchTensor>> dicts =
        top instanceof Map<?, ?> map
            ? map.values().stream()
                .map(TorchFile::tensors)
                .filter(Predicate.not(Map::isEmpty))
                .toList()
            : List.of();
    if (dicts.size() != 1) {
      throw bad(
          dicts.isEmpty()
              ? "holds no named tensors, neither at its top nor under a key such as "
                  + String.join(", ", NESTS)
              : "holds several state dicts; save one of them in a file of its own");
    }
    return dicts.get(0);
  }

  private static Map<String, TorchTensor> tensors(Object place) {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    if (place instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if (name instanceof String text && value instanceof TorchTensor tensor) {
              tensors.put(text, tensor);
            }
          });
    }
    return tensors;
  }

  private void check(String name, TorchTensor tensor) {
    tensor
        .problem()
        .ifPresent(
            problem -> {
              throw bad("tensor " + name + " " + problem);
            });
    TorchTensor.Storage storage = tensor.storage();
    if (!KEY.matcher(storage.key()).matches()) {
      throw bad("tensor " + name + " has a storage whose key is not a number");
    }
    TorchZip.Entry entry = data(storage);
    if (entry.size() != bytes(name, storage)) {
      throw bad(
          String.format(
              "tensor %s: a storage of %,d %s does not take the %,d bytes of %s",
              name, storage.elements(), storage.type(), entry.size(), entry.name()));
    }
  }

  private long bytes(String name, TorchTensor.Storage storage) {
    try {
      return storage.bytes();
    } catch (ArithmeticException e) {
      throw bad("tensor " + name + " has an impossible storage", e);
    }
  }

  private TorchZip.Entry data(TorchTensor.Storage storage) {
    return entry("data/" + storage.key());
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** Offsets mean nothing here: several tensors may share their bytes. */
  @Override
  public TensorInfo info(String name) {
    TorchTensor tensor = tensor(name);
    return new TensorInfo(name, tensor.storage().type().name(), tensor.shape(), 0, 0);
  }

  private TorchTensor tensor(String name) {
    TorchTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw bad("has no tensor " + name);
    }
    return tensor;
  }

  @Override
  public float[] floats(String name) throws IOException {
    TorchTensor tensor = tensor(name);
    ElementType type = tensor.storage().type();
    if (!type.isFloat()) {
      throw bad("tensor " + name + " is " + type + ", not a float type");
    }
    float[] values = new float[count(name, tensor)];
    Window window = new Window(tensor.storage());
    tensor.forEach((row, at) -> values[row] = type.floatAt(window.bytes, window.reach(at)));
    return values;
  }

  /** A tensor of any integer type, or of truth values, as longs, row by row. */
  public long[] longs(String name) throws IOException {
    TorchTensor tensor = tensor(name);
    ElementType type = tensor.storage().type();
    if (type.isFloat()) {
      throw bad("tensor " + name + " is " + type + ", not an integer type");
    }
    long[] values = new long[count(name, tensor)];
    Window window = new Window(tensor.storage());
    tensor.forEach((row, at) -> values[row] = type.longAt(window.bytes, window.reach(at)));
    return values;
  }

  private int count(String name, TorchTensor tensor) {
    long count = tensor.count();
    if (count > Integer.MAX_VALUE - 8) {
      throw bad(String.format("tensor %s has %,d elements, too many for an array", name, count));
    }
    return (int) count;
  }

  /** Free strings are not part of this format. */
  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  private UserError bad(String what) {
    return file.bad(what);
  }

  private UserError bad(String what, Throwable cause) {
    return file.bad(what, cause);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** A storage, of which no more is in memory than what is being read. */
  private final class Window {

    private final ByteBuffer bytes;
    private final int width;
    private final long begin;
    private final long size;
    private long from;

    Window(TorchTensor.Storage storage) throws IOException {
      width = storage.type().bytes();
      begin = zip.begin(data(storage));
      size = storage.bytes();
      bytes = ByteBuffer.allocate((int) Math.min(size, WINDOW)).order(ByteOrder.LITTLE_ENDIAN);
      bytes.limit(0);
    }

    /** Brings an element into the buffer; returns where it begins there. */
    int reach(long element) throws IOException {
      long at = element * width;
      if (at < from || at >= from + bytes.limit()) {
        from = at;
        bytes.clear().limit((int) Math.min(bytes.capacity(), size - at));
        file.fill(bytes, begin + at);
      }
      return (int) (at - from);
    }
  }
}
