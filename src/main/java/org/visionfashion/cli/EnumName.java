package org.visionfashion.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A constant of an enum by the name that users write: in small letters, with hyphens (or _). */
final class EnumName<E extends Enum<E>> implements ITypeConverter<E> {

  private final E[] values;

  EnumName(E[] values) {
    this.values = values;
  }

  @Override
  public E convert(String name) {
    return Arrays.stream(values)
        .filter(value -> of(value).equals(name.replace('_', '-')))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(name + " must be " + choice()));
  }

  /** {@code a, b or c}. */
  private String choice() {
    List<String> names = new ArrayList<>(Arrays.stream(values).map(EnumName::of).toList());
    String last = names.remove(names.size() - 1);
    return names.isEmpty() ? last : String.join(", ", names) + " or " + last;
  }

  /** The name that users write. */
  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
