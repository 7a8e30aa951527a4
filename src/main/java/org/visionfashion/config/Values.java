package org.visionfashion.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.visionfashion.base.Nearest;

/**
 * Settings as typed values. A wrong one is written down as a problem and its default stands in, so
 * that reading goes on and finds the others. What is asked for is what exists: a key that nobody
 * asked for is unknown.
 */
final class Values {

  private final Map<String, Setting> given;
  private final List<String> problems;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Set<String> wrong = new HashSet<>();

  Values(Map<String, Setting> given, List<String> problems) {
    this.given = given;
    this.problems = problems;
  }

  int integer(String key, int fallback, int min, int max) {
    String allowed = "must be a whole number from " + min + " to " + max;
    return one(key, fallback, allowed, text -> within(Integer.valueOf(text), min, max));
  }

  long seed(String key, long fallback) {
    return one(key, fallback, "must be a whole number", Long::valueOf);
  }

  /** One or more seeds; a plain value is a list of one. */
  List<Long> seeds(String key, List<Long> fallback) {
    String allowed = "must be whole numbers [1, 2, ...]";
    return several(key, fallback, 1, Integer.MAX_VALUE, allowed, Long::valueOf);
  }

  double number(String key, double fallback, Range range) {
    return one(key, fallback, "must be a number, " + range, text -> within(text, range));
  }

  boolean flag(String key, boolean fallback) {
    return one(key, fallback, "must be true or false", Values::parseFlag);
  }

  <E extends Enum<E>> E choice(String key, E fallback) {
    E[] constants = fallback.getDeclaringClass().getEnumConstants();
    List<String> names = Arrays.stream(constants).map(Values::label).toList();
    return one(
        key,
        fallback,
        "must be one of " + String.join(", ", names),
        text -> parseChoice(constants, text));
  }

  /** A text that matches a pattern. */
  String text(String key, String fallback, String pattern, String allowed) {
    return one(key, fallback, allowed, text -> matching(text, pattern));
  }

  /** A value with a form of its own; what is none is an {@link IllegalArgumentException}. */
  <T> T parsed(String key, T fallback, String allowed, Function<String, T> parse) {
    return one(key, fallback, allowed, parse);
  }

  /** Between {@code least} and {@code most} whole numbers; a plain value is a list of one. */
  List<Integer> integers(
      String key, List<Integer> fallback, int least, int most, int min, int max) {
    String allowed = "must be one whole number or [height, width], each from " + min + " to " + max;
    return several(
        key, fallback, least, most, allowed, text -> within(Integer.valueOf(text), min, max));
  }

  /** Any number of texts that match a pattern. */
  List<String> texts(String key, List<String> fallback, String pattern, String allowed) {
    return several(key, fallback, 0, Integer.MAX_VALUE, allowed, text -> matching(text, pattern));
  }

  /** Exactly {@code count} numbers. */
  List<Double> numbers(String key, List<Double> fallback, int count, Range range) {
    String allowed = "must be " + count + " numbers [a, b, ...], each " + range;
    return several(key, fallback, count, count, allowed, text -> within(text, range));
  }

  /** Notes a problem between keys, unless one of them is wrong by itself already. */
  void require(boolean holds, String key, Object value, String rule, String... others) {
    boolean known = wrong.contains(key) || Arrays.stream(others).anyMatch(wrong::contains);
    if (!holds && !known) {
      problems.add(place(key) + key + " = " + value + " " + rule);
    }
  }

  /** Notes every key that was given and that nobody asked for. */
  void rejectUnknown() {
    for (Setting setting : given.values()) {
      if (!asked.contains(setting.key())) {
        problems.add(setting.place() + ": " + setting.key() + " is unknown" + hint(setting.key()));
      }
    }
  }

  boolean isGiven(String key) {
    return given.containsKey(key);
  }

  private String hint(String key) {
    List<String> keysBelow = asked.stream().filter(name -> name.startsWith(key + ".")).toList();
    if (!keysBelow.isEmpty()) {
      return ": it is a section with keys of its own, such as " + keysBelow.get(0);
    }
    return near(key).map(name -> ", did you mean " + name + "?").orElse("");
  }

  /** Near as a whole, else with the same or a similar last part in another section. */
  private Optional<String> near(String key) {
    Collection<String> siblings =
        asked.stream().filter(name -> section(name).equals(section(key))).toList();
    return Nearest.of(last(key), siblings.stream().map(Values::last).toList())
        .map(name -> section(key).isEmpty() ? name : section(key) + "." + name)
        .or(() -> Nearest.of(key, asked))
        .or(() -> asked.stream().filter(name -> last(name).equals(last(key))).findFirst());
  }

  private <T> T one(String key, T fallback, String allowed, Function<String, T> parse) {
    asked.add(key);
    Setting setting = given.get(key);
    if (setting == null) {
      return fallback;
    }
    boolean plain = !setting.list() && !setting.values().isEmpty();
    T value = plain ? tried(parse, setting.text()) : null;
    return value == null ? reject(setting, allowed, fallback) : value;
  }

  private <T> List<T> several(
      String key,
      List<T> fallback,
      int least,
      int most,
      String allowed,
      Function<String, T> parse) {
    asked.add(key);
    Setting setting = given.get(key);
    if (setting == null) {
      return fallback;
    }
    int count = setting.values().size();
    if (count < least || count > most) {
      return reject(setting, allowed, fallback);
    }
    List<T> values = setting.values().stream().map(text -> tried(parse, text)).toList();
    return values.contains(null) ? reject(setting, allowed, fallback) : values;
  }

  private <T> T reject(Setting setting, String allowed, T fallback) {
    wrong.add(setting.key());
    boolean empty = setting.values().isEmpty() && !setting.list();
    String found = empty ? " has no value, it" : " = " + setting.text();
    problems.add(setting.place() + ": " + setting.key() + found + " " + allowed);
    return fallback;
  }

  private String place(String key) {
    Setting setting = given.get(key);
    return setting == null ? "" : setting.place() + ": ";
  }

  /** The value, or null where the text is none. */
  private static <T> T tried(Function<String, T> parse, String text) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException notAValue) {
      return null;
    }
  }

  private static Integer within(int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  private static Double within(String text, Range range) {
    double value = Double.parseDouble(text);
    if (!range.contains(value)) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  private static String matching(String text, String pattern) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException("of another form");
    }
    return text;
  }

  private static Boolean parseFlag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("no flag");
    };
  }

  private static <E extends Enum<E>> E parseChoice(E[] constants, String text) {
    return Arrays.stream(constants)
        .filter(constant -> label(constant).equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  /** How a constant is written in a file. */
  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String section(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('.')));
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
