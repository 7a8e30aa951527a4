package org.visionfashion.data.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Collects the values of a row: for each column those of the one field that lies in it, however
 * deep. So a list is a list in whichever of the forms its writer knew.
 */
final class Cells extends RecordMaterializer<List<List<String>>> {

  private final List<List<String>> row = new ArrayList<>();
  private final Within root;

  /**
   * For rows of this form.
   *
   * @param columns those of the rows, in their order
   */
  Cells(GroupType form, List<Column> columns) {
    List<Converter> converters = new ArrayList<>();
    for (int i = 0; i < form.getFieldCount(); i++) {
      List<String> cell = new ArrayList<>(1);
      row.add(cell);
      converters.add(converter(form.getType(i), cell, columns.get(i).classes()));
    }
    root =
        new Within(converters) {
          @Override
          public void start() {
            row.forEach(List::clear);
          }
        };
  }

  private static Converter converter(Type type, List<String> cell, List<String> classes) {
    return type.isPrimitive()
        ? new Value(type.asPrimitiveType(), cell, classes)
        : new Within(
            type.asGroupType().getFields().stream()
                .map(field -> converter(field, cell, classes))
                .toList());
  }

  @Override
  public List<List<String>> getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  /** What lies within a group, which itself is nothing. */
  private static class Within extends GroupConverter {

    private final List<Converter> fields;

    Within(List<Converter> fields) {
      this.fields = fields;
    }

    @Override
    public Converter getConverter(int field) {
      return fields.get(field);
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  /** Values to text, as a table would write them. */
  private static final class Value extends PrimitiveConverter {

    private final PrimitiveType type;
    private final List<String> cell;
    private final List<String> classes;
    private String[] dictionary = {};

    Value(PrimitiveType type, List<String> cell, List<String> classes) {
      this.type = type;
      this.cell = cell;
      this.classes = classes;
    }

    /** Each of the dictionary's values becomes a string once. */
    @Override
    public boolean hasDictionarySupport() {
      return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }

    @Override
    public void setDictionary(Dictionary values) {
      dictionary = new String[values.getMaxId() + 1];
      for (int i = 0; i < dictionary.length; i++) {
        dictionary[i] = text(values.decodeToBinary(i));
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      cell.add(dictionary[id]);
    }

    @Override
    public void addBinary(Binary value) {
      cell.add(text(value));
    }

    private String text(Binary value) {
      return type.getLogicalTypeAnnotation() == null
              && type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
          ? value.toStringUsingUTF8()
          : type.stringifier().stringify(value);
    }

    @Override
    public void addBoolean(boolean value) {
      cell.add(Boolean.toString(value));
    }

    @Override
    public void addInt(int value) {
      addClass(value, type.stringifier().stringify(value));
    }

    @Override
    public void addLong(long value) {
      addClass(value, type.stringifier().stringify(value));
    }

    @Override
    public void addFloat(float value) {
      addNumber(value, Float.toString(value));
    }

    @Override
    public void addDouble(double value) {
      addNumber(value, Double.toString(value));
    }

    /** Hugging Face writes -1 for a class that is not known. */
    private void addClass(long value, String number) {
      if (classes.isEmpty()) {
        cell.add(number);
      } else if (value >= classes.size()) {
        throw new UncheckedIOException(
            new IOException("class %d, but the metadata name %d".formatted(value, classes.size())));
      } else if (value >= 0) {
        cell.add(classes.get((int) value));
      }
    }

    /** Whole numbers as such: a column of ids with one id missing becomes one of doubles. */
    private void addNumber(double value, String number) {
      if (Double.isNaN(value)) {
        return;
      }
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
      cell.add(whole ? Long.toString((long) value) : number);
    }
  }
}
