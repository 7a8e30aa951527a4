package org.visionfashion.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A constant of an enum by the name that users write: in small letters, with hyphens. */
abstract class EnumName<E extends Enum<E>> implements ITypeConverter<E> {

  private final E[] values;

  EnumName(E[] values) {
    this.values = values;
  }

  @Override
  public E convert(String name) {
    return Arrays.stream(values)
        .filter(value -> label(value).equals(name))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(name + " must be " + choice()));
  }

  /** {@code a, b or c}. */
  private String choice() {
    List<String> labels = new ArrayList<>(Arrays.stream(values).map(EnumName::label).toList());
    String last = labels.remove(labels.size() - 1);
    return labels.isEmpty() ? last : String.join(", ", labels) + " or " + last;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
