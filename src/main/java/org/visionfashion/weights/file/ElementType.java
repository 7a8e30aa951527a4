package org.visionfashion.weights.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Types of the elements of stored tensors, named as safetensors spells them. */
enum ElementType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The type of that name, where there is one. */
  static Optional<ElementType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Bytes an element. */
  int bytes() {
    return bytes;
  }

  boolean isFloat() {
    return switch (this) {
      case F64, F32, F16, BF16 -> true;
      default -> false;
    };
  }

  /** The element of a floating type that begins at byte {@code at}. */
  float floatAt(ByteBuffer from, int at) {
    return switch (this) {
      case F64 -> (float) from.getDouble(at);
      case F32 -> from.getFloat(at);
      case F16 -> Half.toFloat(from.getShort(at));
      case BF16 -> Float.intBitsToFloat(from.getShort(at) << 16);
      default -> throw new IllegalStateException(this + " is not a float type");
    };
  }

  /** The element of an integer type, or a truth value, that begins at byte {@code at}. */
  long longAt(ByteBuffer from, int at) {
    return switch (this) {
      case I64 -> from.getLong(at);
      case I32 -> from.getInt(at);
      case I16 -> from.getShort(at);
      case I8 -> from.get(at);
      case U8, BOOL -> from.get(at) & 0xFF;
      default -> throw new IllegalStateException(this + " is not an integer type");
    };
  }
}
