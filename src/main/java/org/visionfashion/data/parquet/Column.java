package org.visionfashion.data.parquet;

import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A column as a table would have it.
 *
 * @param classes what the values 0, 1, 2, ... mean where Hugging Face's metadata say that they are
 *     classes; else none
 */
public record Column(String name, Kind kind, List<String> classes) {

  /** What a cell holds. */
  public enum Kind {
    /** One value: text, a number, a date. */
    TEXT,
    /** Any number of values. */
    LIST,
    /** Bytes that nothing declares to be text: a picture perhaps. */
    BYTES,
    /** A group with {@code bytes} and {@code path}, as Hugging Face writes pictures. */
    PICTURE,
    /** Groups, maps and lists of them: nothing is read from these. */
    OTHER
  }

  private static final String BYTES_FIELD = "bytes";
  private static final String PATH_FIELD = "path";

  static Column of(Type type, HuggingFaceFeatures features) {
    return new Column(type.getName(), kind(type), features.classes(type.getName()));
  }

  /** Decided by shape alone: metadata are lost where another program writes the file again. */
  private static Kind kind(Type type) {
    if (type.isPrimitive()) {
      return type.isRepetition(Repetition.REPEATED)
          ? Kind.LIST
          : isBytes(type.asPrimitiveType()) ? Kind.BYTES : Kind.TEXT;
    }
    GroupType group = type.asGroupType();
    if (isPicture(group)) {
      return Kind.PICTURE;
    }
    return isList(group) ? Kind.LIST : Kind.OTHER;
  }

  private static boolean isPicture(GroupType group) {
    return !group.isRepetition(Repetition.REPEATED)
        && group.containsField(BYTES_FIELD)
        && group.containsField(PATH_FIELD)
        && isBinary(group.getType(BYTES_FIELD))
        && isBinary(group.getType(PATH_FIELD));
  }

  private static boolean isBinary(Type type) {
    return type.isPrimitive()
        && !type.isRepetition(Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }

  private static boolean isBytes(PrimitiveType type) {
    return isBinary(type) && type.getLogicalTypeAnnotation() == null;
  }

  /** Lists of values in the forms of all writers: each group within has one field, at last one. */
  private static boolean isList(GroupType group) {
    boolean repeated =
        group.isRepetition(Repetition.REPEATED)
            || LogicalTypeAnnotation.listType().equals(group.getLogicalTypeAnnotation());
    Type type = group;
    while (!type.isPrimitive() && type.asGroupType().getFieldCount() == 1) {
      type = type.asGroupType().getType(0);
    }
    return repeated && type.isPrimitive();
  }

  /** The path of the picture's bytes within the file's schema. */
  String[] bytesPath() {
    return switch (kind) {
      case BYTES -> new String[] {name};
      case PICTURE -> new String[] {name, BYTES_FIELD};
      default -> throw new IllegalArgumentException(name + " holds no pictures");
    };
  }

  /** What is read of the column as text. */
  Type text(GroupType schema) {
    Type type = schema.getType(name);
    return switch (kind) {
      case TEXT, LIST, BYTES -> type;
      case PICTURE ->
          type.asGroupType().withNewFields(List.of(type.asGroupType().getType(PATH_FIELD)));
      case OTHER -> throw new IllegalArgumentException(name + " holds no text");
    };
  }
}
