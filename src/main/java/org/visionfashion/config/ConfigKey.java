package org.visionfashion.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A key of the schema: its full name, and how its text becomes a value.
 *
 * @param name {@code section.key}
 * @param type of the component
 * @param key what the component says of it
 */
record ConfigKey(String name, Type type, Key key) {

  static ConfigKey of(RecordComponent component, String prefix) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalStateException(component + " has no default");
    }
    String last = key.name().isEmpty() ? snake(component.getName()) : key.name();
    return new ConfigKey(prefix + last, component.getGenericType(), key);
  }

  /** {@code maxTokens} is {@code max_tokens} in a file. */
  static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** How a constant is written in a file. */
  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The default; what other keys say may decide it. */
  Setting usual(Map<String, Setting> given) {
    String section = name.substring(0, name.lastIndexOf('.') + 1);
    if (!key.when().isEmpty()) {
      String[] when = key.when().split("[=:]", 3);
      Setting other = given.get(section + when[0]);
      if (other != null && other.text().equals(when[1])) {
        return Setting.of(name, when[2].strip(), "");
      }
    }
    return Setting.of(name, key.usual(), "");
  }

  /**
   * The value that was written.
   *
   * @throws IllegalArgumentException where it is not {@link #allowed}
   */
  Object parse(Setting setting) {
    List<String> texts = setting.values();
    if (type == DataRoot.class) {
      return DataRoot.parse(texts);
    }
    if (isList()) {
      check(texts.size() >= key.least() && texts.size() <= key.most());
      return texts.stream().map(this::element).toList();
    }
    check(!setting.list() && texts.size() == 1);
    return element(texts.get(0));
  }

  /**
   * The value that was written in parts, each under a name of its own.
   *
   * @param given the parts by name; at least one
   * @throws IllegalArgumentException where it is not {@link #allowed}
   */
  Object parse(Map<String, Setting> given) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    given.forEach((part, setting) -> texts.put(part, setting.values()));
    return DataRoot.parse(texts);
  }

  /** The names of the parts that it may be written in, {@code key.part}; mostly none. */
  List<String> parts() {
    return type == DataRoot.class ? DataRoot.SPLITS : List.of();
  }

  private Object element(String text) {
    Class<?> element = element();
    if (element == String.class) {
      check(text.matches(key.pattern()));
      return text;
    }
    if (element == boolean.class) {
      check(text.equals("true") || text.equals("false"));
      return Boolean.valueOf(text);
    }
    if (element == MicroBatch.class) {
      return MicroBatch.parse(text);
    }
    return element.isEnum() ? constant(text) : number(element, text);
  }

  private Object constant(String text) {
    return constants().stream()
        .filter(constant -> label(constant).equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private Object number(Class<?> element, String text) {
    Number number;
    if (element == int.class || element == Integer.class) {
      number = Integer.valueOf(text);
    } else if (element == long.class || element == Long.class) {
      number = Long.valueOf(text);
    } else {
      number = Double.valueOf(text);
    }
    check(key.in().isEmpty() || Range.parse(key.in()).contains(number.doubleValue()));
    return number;
  }

  private static void check(boolean allowed) {
    if (!allowed) {
      throw new IllegalArgumentException("not allowed");
    }
  }

  /** What a value must do, to follow "must". */
  String allowed() {
    if (!key.rule().isEmpty()) {
      return key.rule();
    }
    Class<?> element = element();
    if (element == boolean.class) {
      return "be true or false";
    }
    if (element == MicroBatch.class) {
      return "be " + MicroBatch.RULE;
    }
    if (element.isEnum()) {
      return "be one of " + String.join(", ", constants().stream().map(ConfigKey::label).toList());
    }
    if (element == String.class) {
      return "be " + (isList() ? "a list of texts [a, b, ...]" : "a text");
    }
    boolean whole = element != double.class && element != Double.class;
    if (isList()) {
      String count = key.least() == key.most() ? key.least() + " " : "";
      String each = key.in().isEmpty() ? "" : ", each " + Range.parse(key.in());
      return "be " + count + (whole ? "whole numbers" : "numbers") + " [a, b, ...]" + each;
    }
    if (key.in().isEmpty()) {
      return whole ? "be a whole number" : "be a number";
    }
    Range range = Range.parse(key.in());
    return whole ? "be a whole number " + range.fromTo() : "be a number, " + range;
  }

  boolean isList() {
    return type instanceof ParameterizedType;
  }

  /** The type of a plain value, or of a list's. */
  Class<?> element() {
    return type instanceof ParameterizedType list
        ? (Class<?>) list.getActualTypeArguments()[0]
        : (Class<?>) type;
  }

  private List<Enum<?>> constants() {
    return Arrays.stream(element().getEnumConstants())
        .<Enum<?>>map(each -> (Enum<?>) each)
        .toList();
  }
}
