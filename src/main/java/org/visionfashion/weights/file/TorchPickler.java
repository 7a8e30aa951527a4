package org.visionfashion.weights.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.razorvine.pickle.Opcodes;

/**
 * Writes the pickle of a state dict, by the few opcodes that takes; the library has no way to write
 * the names of Python's functions.
 */
final class TorchPickler {

  private static final int PROTOCOL = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TorchPickler() {}

  /** An ordered dictionary of F32 tensors; the storage of the n-th has the key n. */
  static byte[] stateDict(Map<String, long[]> shapes) {
    TorchPickler pickler = new TorchPickler();
    pickler.write(shapes);
    return pickler.out.toByteArray();
  }

  /** An empty tuple. */
  static byte[] nothing() {
    TorchPickler pickler = new TorchPickler();
    pickler.begin();
    pickler.opcode(Opcodes.EMPTY_TUPLE);
    pickler.opcode(Opcodes.STOP);
    return pickler.out.toByteArray();
  }

  /** An object of a TorchScript class, see {@link TorchWriter#writeModule}. */
  static byte[] module(String type, Map<String, long[]> shapes) {
    TorchPickler pickler = new TorchPickler();
    pickler.begin();
    pickler.object(type);
    pickler.text("operations");
    pickler.object("Operations");
    pickler.built();
    int key = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      pickler.text(entry.getKey());
      pickler.tensor(key++, entry.getValue());
    }
    pickler.built();
    pickler.opcode(Opcodes.STOP);
    return pickler.out.toByteArray();
  }

  /** An object whose state begins with what all modules have; more may follow. */
  private void object(String type) {
    global("__torch__", type);
    opcode(Opcodes.EMPTY_TUPLE);
    opcode(Opcodes.NEWOBJ);
    opcode(Opcodes.EMPTY_DICT);
    opcode(Opcodes.MARK);
    text("training");
    opcode(Opcodes.NEWFALSE);
  }

  private void built() {
    opcode(Opcodes.SETITEMS);
    opcode(Opcodes.BUILD);
  }

  private void begin() {
    opcode(Opcodes.PROTO);
    out.write(PROTOCOL);
  }

  private void write(Map<String, long[]> shapes) {
    begin();
    dictionary();
    opcode(Opcodes.MARK);
    int key = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      text(entry.getKey());
      tensor(key++, entry.getValue());
    }
    opcode(Opcodes.SETITEMS);
    opcode(Opcodes.STOP);
  }

  /** See {@link TorchUnpickler} for the arguments. */
  private void tensor(int key, long[] shape) {
    global("torch._utils", "_rebuild_tensor_v2");
    opcode(Opcodes.MARK);
    storage(key, TensorInfo.count(shape));
    whole(0);
    tuple(shape);
    tuple(TorchTensor.rowStrides(shape));
    opcode(Opcodes.NEWFALSE);
    dictionary();
    opcode(Opcodes.TUPLE);
    opcode(Opcodes.REDUCE);
  }

  private void storage(int key, long elements) {
    opcode(Opcodes.MARK);
    text("storage");
    global("torch", "FloatStorage");
    text(Integer.toString(key));
    text("cpu");
    whole(elements);
    opcode(Opcodes.TUPLE);
    opcode(Opcodes.BINPERSID);
  }

  private void dictionary() {
    global("collections", "OrderedDict");
    opcode(Opcodes.EMPTY_TUPLE);
    opcode(Opcodes.REDUCE);
  }

  private void tuple(long[] numbers) {
    opcode(Opcodes.MARK);
    Arrays.stream(numbers).forEach(this::whole);
    opcode(Opcodes.TUPLE);
  }

  private void whole(long number) {
    if (number == (int) number) {
      opcode(Opcodes.BININT);
      out.writeBytes(littleEndian(Integer.BYTES).putInt((int) number).array());
    } else {
      opcode(Opcodes.LONG1);
      out.write(Long.BYTES);
      out.writeBytes(littleEndian(Long.BYTES).putLong(number).array());
    }
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    opcode(Opcodes.BINUNICODE);
    out.writeBytes(littleEndian(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private void global(String module, String name) {
    opcode(Opcodes.GLOBAL);
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void opcode(short opcode) {
    out.write(opcode);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
