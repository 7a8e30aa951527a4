package org.visionfashion.weights.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads the pickle of a checkpoint as data: dictionaries, lists, numbers, texts and {@link
 * TorchTensor}s. A pickle is a little program that may call whatever it names: here the names below
 * are all there are, the library's own table is never asked, and every other name ends the reading.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">the opcodes</a>
 */
final class TorchUnpickler extends Unpickler {

  private static final String TORCH = "torch.";

  /** What a name stands for: a constructor, or the element type of a storage. */
  private static final Map<String, Object> NAMES =
      Map.ofEntries(
          constructor("collections.OrderedDict", TorchUnpickler::dictionary),
          constructor("torch._utils._rebuild_tensor_v2", TorchUnpickler::tensor),
          constructor("torch._utils._rebuild_parameter", TorchUnpickler::parameter),
          Map.entry(TORCH + "DoubleStorage", ElementType.F64),
          Map.entry(TORCH + "FloatStorage", ElementType.F32),
          Map.entry(TORCH + "HalfStorage", ElementType.F16),
          Map.entry(TORCH + "BFloat16Storage", ElementType.BF16),
          Map.entry(TORCH + "LongStorage", ElementType.I64),
          Map.entry(TORCH + "IntStorage", ElementType.I32),
          Map.entry(TORCH + "ShortStorage", ElementType.I16),
          Map.entry(TORCH + "CharStorage", ElementType.I8),
          Map.entry(TORCH + "ByteStorage", ElementType.U8),
          Map.entry(TORCH + "BoolStorage", ElementType.BOOL));

  /** Thirty thousand tensors take less; one step makes one object at most. */
  private static final int MOST_STEPS = 1 << 21;

  /**
   * A pickle that is whole, but asks for more than it may; the message says what the pickle does.
   */
  static final class Refusal extends PickleException {

    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  private int steps;

  private static Map.Entry<String, Object> constructor(String name, IObjectConstructor made) {
    return Map.entry(name, made);
  }

  /** Takes one step, unless it is one that no checkpoint of tensors needs. */
  @Override
  protected Object dispatch(short opcode) throws IOException {
    if (++steps > MOST_STEPS) {
      throw new Refusal("holds too many objects");
    }
    switch (opcode) {
      case Opcodes.GLOBAL -> stack.add(lookUp(line(), line()));
      case Opcodes.STACK_GLOBAL -> stackGlobal();
      case Opcodes.INST -> instance();
      case Opcodes.BUILD -> build();
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.SETITEM -> setItem();
      case Opcodes.SETITEMS -> setItems();
      case Opcodes.APPENDS -> appendAll();
      case Opcodes.BINUNICODE -> text();
      case Opcodes.PROTO,
          Opcodes.FRAME,
          Opcodes.MARK,
          Opcodes.STOP,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.LONG1,
          Opcodes.BINFLOAT,
          Opcodes.SHORT_BINUNICODE,
          Opcodes.TUPLE,
          Opcodes.EMPTY_TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3,
          Opcodes.EMPTY_LIST,
          Opcodes.APPEND,
          Opcodes.BINPUT,
          Opcodes.LONG_BINPUT,
          Opcodes.MEMOIZE,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET,
          Opcodes.BINPERSID,
          Opcodes.REDUCE -> {
        return super.dispatch(opcode);
      }
      default ->
          throw new Refusal(String.format("uses opcode 0x%02x, which no state dict needs", opcode));
    }
    return NO_RETURN_VALUE;
  }

  private String line() throws IOException {
    return PickleUtils.readline(input);
  }

  private static Object lookUp(String module, String name) {
    String whole = module + "." + name;
    Object found = NAMES.get(whole);
    if (found == null) {
      throw new Refusal(
          "names " + whole + ", which no state dict needs: save model.state_dict() alone");
    }
    return found;
  }

  private void stackGlobal() {
    String name = (String) stack.pop();
    String module = (String) stack.pop();
    stack.add(lookUp(module, name));
  }

  private void instance() throws IOException {
    IObjectConstructor constructor = (IObjectConstructor) lookUp(line(), line());
    stack.add(constructor.construct(stack.pop_all_since_marker().toArray()));
  }

  /** Modules hang version numbers on their dictionary, which are of no use here. */
  private void build() {
    stack.pop();
    if (!(stack.peek() instanceof Map)) {
      throw new Refusal("sets the state of something that is not a dictionary");
    }
  }

  private void setItem() {
    Object value = stack.pop();
    Object key = stack.pop();
    put(target(), key, value);
  }

  /** The library's own way loses the order. */
  private void setItems() {
    Iterator<Object> items = stack.pop_all_since_marker().iterator();
    Map<Object, Object> target = target();
    while (items.hasNext()) {
      put(target, items.next(), items.next());
    }
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> target() {
    return (Map<Object, Object>) stack.peek();
  }

  private static void put(Map<Object, Object> target, Object key, Object value) {
    // As in Python; besides, the hash of a list that holds itself never ends.
    if (key instanceof Collection || key instanceof Map) {
      throw new Refusal("has a list or a dictionary for a key");
    }
    if (target.putIfAbsent(key, value) != null) {
      throw new Refusal("has the key " + key + " twice");
    }
  }

  /** The library's own way copies the whole list each time. */
  @SuppressWarnings("unchecked")
  private void appendAll() {
    List<Object> items = stack.pop_all_since_marker();
    ((List<Object>) stack.peek()).addAll(items);
  }

  /** The library sets memory aside for any length: it must be there. */
  private void text() throws IOException {
    input.mark(Integer.BYTES);
    ByteBuffer length = ByteBuffer.wrap(PickleUtils.readbytes(input, Integer.BYTES));
    if (Integer.toUnsignedLong(length.order(ByteOrder.LITTLE_ENDIAN).getInt())
        > input.available()) {
      throw new Refusal("ends within a text");
    }
    input.reset();
    super.dispatch(Opcodes.BINUNICODE);
  }

  @Override
  protected Object persistentLoad(Object id) {
    Object[] parts = (Object[]) id;
    if (parts.length != 5 || !"storage".equals(parts[0])) {
      throw new Refusal("refers to something other than a storage");
    }
    return new TorchTensor.Storage((ElementType) parts[1], (String) parts[2], whole(parts[4]));
  }

  private static Object dictionary(Object[] arguments) {
    expect("collections.OrderedDict", arguments, 0, 0);
    return new LinkedHashMap<>();
  }

  /** Arguments: storage, offset, shape, strides, and three that matter to training alone. */
  private static Object tensor(Object[] arguments) {
    expect("torch._utils._rebuild_tensor_v2", arguments, 6, 7);
    return new TorchTensor(
        (TorchTensor.Storage) arguments[0],
        whole(arguments[1]),
        wholes(arguments[2]),
        wholes(arguments[3]));
  }

  /** Arguments: the tensor, and two that matter to training alone. */
  private static Object parameter(Object[] arguments) {
    expect("torch._utils._rebuild_parameter", arguments, 3, 3);
    return (TorchTensor) arguments[0];
  }

  private static void expect(String name, Object[] arguments, int least, int most) {
    if (arguments.length < least || arguments.length > most) {
      throw new Refusal("hands " + name + " " + arguments.length + " arguments");
    }
  }

  private static long[] wholes(Object tuple) {
    Object[] numbers = (Object[]) tuple;
    // One long tuple in the file may serve many tensors, each of which would copy it.
    if (numbers.length > TorchTensor.MOST_AXES) {
      throw new Refusal("has a tensor of " + numbers.length + " axes");
    }
    return Arrays.stream(numbers).mapToLong(TorchUnpickler::whole).toArray();
  }

  private static long whole(Object number) {
    if (number instanceof Integer || number instanceof Long) {
      return ((Number) number).longValue();
    }
    throw new Refusal("has a size, stride or offset that is not a 64-bit integer");
  }
}
