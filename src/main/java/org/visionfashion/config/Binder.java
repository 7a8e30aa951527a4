package org.visionfashion.config;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.UserError;

/**
 * Between settings and records, by the {@link Key}s of their components. A wrong value is noted as
 * a problem and its default takes its place, so that reading continues and finds the others.
 */
public final class Binder {

  private final Map<String, Setting> given;
  private final List<String> problems;
  private final List<String> known = new ArrayList<>();
  private final Set<String> wrong = new HashSet<>();

  Binder(Map<String, Setting> given, List<String> problems) {
    this.given = given;
    this.problems = problems;
  }

  /**
   * A record with the defaults of its keys, but for some.
   *
   * @param sets {@code key=value}, by the record's own names
   * @throws UserError where a key is unknown or a value not allowed
   */
  public static <R extends Record> R of(Class<R> type, String... sets) {
    return read(type, new LinkedHashMap<>(), sets);
  }

  /** The same record but for some keys; rules between keys are not looked at. */
  public static <R extends Record> R with(R record, String... sets) {
    return read(typeOf(record), written("", record), sets);
  }

  /** The same record but for the keys of a part of it, whose names begin with a prefix. */
  public static <R extends Record> R with(R record, String prefix, Record part) {
    Map<String, Setting> settings = written("", record);
    settings.putAll(written(prefix, part));
    return read(typeOf(record), settings);
  }

  @SuppressWarnings("unchecked") // a record is of its own class
  private static <R extends Record> Class<R> typeOf(R record) {
    return (Class<R>) record.getClass();
  }

  private static Map<String, Setting> written(String prefix, Record record) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    flat(record).forEach((key, value) -> write(settings, prefix + key, value));
    return settings;
  }

  private static <R extends Record> R read(
      Class<R> type, Map<String, Setting> settings, String... sets) {
    List<String> problems = new ArrayList<>();
    Arrays.stream(sets).forEach(set -> override(settings, set, "set", problems));
    Binder binder = new Binder(settings, problems);
    R record = binder.read(type, "");
    binder.rejectUnknown();
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    return record;
  }

  /** Puts a {@code key=value} over what was given before. */
  static void override(
      Map<String, Setting> settings, String set, String place, List<String> problems) {
    int equals = set.indexOf('=');
    if (equals < 1) {
      problems.add("%s %s: write %s section.key=value".formatted(place, set, place));
      return;
    }
    try {
      String value = set.substring(equals + 1).strip();
      String key = RenamedKeys.current(set.substring(0, equals).strip(), value, place);
      List<Setting> written = SettingsReader.readOverride(key, value, place);
      // A whole takes the place of its parts, and a part that of the whole.
      settings.keySet().removeIf(old -> old.startsWith(key + ".") || key.startsWith(old + "."));
      written.forEach(setting -> settings.put(setting.key(), setting));
    } catch (IOException e) {
      problems.add(place + " " + set + ": no list of plain values, write [a, b]");
    }
  }

  private static void write(Map<String, Setting> settings, String key, Object value) {
    if (value instanceof Map<?, ?> parts) {
      parts.forEach((part, each) -> write(settings, key + "." + part, each));
      return;
    }
    settings.put(
        key,
        value instanceof List<?> list
            ? new Setting(key, list.stream().map(Binder::text).toList(), true, "")
            : new Setting(key, List.of(text(value)), false, ""));
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  /** All keys of a record and of those in it, in their order. */
  static List<ConfigKey> keys(Class<?> type, String prefix) {
    List<ConfigKey> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (isSection(component)) {
        keys.addAll(keys(component.getType(), section(component, prefix)));
      } else {
        keys.add(ConfigKey.of(component, prefix));
      }
    }
    return keys;
  }

  /** Every key under its full name ({@code contrastive.lr}), fit for YAML and JSON. */
  public static Map<String, Object> flat(Record record) {
    Map<String, Object> flat = new LinkedHashMap<>();
    flatten(record, "", flat);
    return flat;
  }

  private static void flatten(Record record, String prefix, Map<String, Object> flat) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(component, record);
      if (isSection(component)) {
        flatten((Record) value, section(component, prefix), flat);
      } else {
        flat.put(ConfigKey.of(component, prefix).name(), plain(value));
      }
    }
  }

  /** As a person would write it: 0.0001 rather than 1.0E-4, lower-case names. */
  private static Object plain(Object value) {
    if (value instanceof Double number) {
      BigDecimal exact = BigDecimal.valueOf(number);
      return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Binder::plain).toList();
    }
    if (value instanceof DataRoot root) {
      return root.written();
    }
    if (value instanceof MicroBatch size) {
      return size.written();
    }
    return value instanceof Enum<?> constant ? ConfigKey.label(constant) : value;
  }

  private static boolean isSection(RecordComponent component) {
    return component.getType().isRecord() && !component.isAnnotationPresent(Key.class);
  }

  private static String section(RecordComponent component, String prefix) {
    boolean inline = component.isAnnotationPresent(Key.Inline.class);
    return inline ? prefix : prefix + ConfigKey.snake(component.getName()) + ".";
  }

  /** Reads a record whose keys begin with a prefix. */
  <R extends Record> R read(Class<R> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(components[i], prefix);
    }
    return made(type, values);
  }

  /** The same record but for one component, whose value is not looked at. */
  static <R extends Record> R replaced(R record, String name, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(each -> each.getName().equals(name) ? value : value(each, record))
            .toArray();
    return made(typeOf(record), values);
  }

  private static <R extends Record> R made(Class<R> type, Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private Object value(RecordComponent component, String prefix) {
    if (isSection(component)) {
      Class<? extends Record> section = component.getType().asSubclass(Record.class);
      return read(section, section(component, prefix));
    }
    ConfigKey key = ConfigKey.of(component, prefix);
    known.add(key.name());
    Map<String, Setting> parts = parts(key);
    Setting setting = given.get(key.name());
    try {
      if (!parts.isEmpty()) {
        rejectWhole(setting, parts.values().iterator().next());
        return key.parse(parts);
      }
      if (setting != null) {
        return key.parse(setting);
      }
    } catch (IllegalArgumentException notAllowed) {
      reject(parts.isEmpty() ? setting : parts.values().iterator().next(), key.allowed());
    }
    return key.parse(key.usual(given));
  }

  /** Within a file nobody can say which of them is meant. */
  private void rejectWhole(Setting whole, Setting part) {
    if (whole != null) {
      problems.add(
          "%s%s is given beside %s%s: write the whole or its parts"
              .formatted(
                  part.at(), part.key(), whole.key(), whole.place().replaceFirst("(.+)", " ($1)")));
    }
  }

  /** What was given of a key that may be written in parts. */
  private Map<String, Setting> parts(ConfigKey key) {
    Map<String, Setting> parts = new LinkedHashMap<>();
    for (String part : key.parts()) {
      String name = key.name() + "." + part;
      known.add(name);
      if (given.containsKey(name)) {
        parts.put(part, given.get(name));
      }
    }
    return parts;
  }

  private static Object value(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private void reject(Setting setting, String allowed) {
    wrong.add(setting.key());
    boolean empty = setting.values().isEmpty() && !setting.list();
    String found = empty ? " has no value, it" : " = " + setting.text();
    problems.add(setting.at() + setting.key() + found + " must " + allowed);
  }

  /** Notes a problem between keys, unless one of them is wrong by itself already. */
  void require(boolean holds, String key, Object value, String rule, String... others) {
    boolean noted = wrong.contains(key) || Arrays.stream(others).anyMatch(wrong::contains);
    if (!holds && !noted) {
      Setting setting = given.get(key);
      problems.add((setting == null ? "" : setting.at()) + key + " = " + value + " " + rule);
    }
  }

  /** Whether a key or a part of it was given. */
  boolean isGiven(String key) {
    return given.keySet().stream().anyMatch(each -> each.equals(key) || each.startsWith(key + "."));
  }

  /** Notes every key that was given and that no record has. */
  void rejectUnknown() {
    for (Setting setting : given.values()) {
      if (!known.contains(setting.key())) {
        problems.add(setting.at() + setting.key() + " is unknown" + hint(setting.key()));
      }
    }
  }

  private String hint(String key) {
    List<String> below = known.stream().filter(name -> name.startsWith(key + ".")).toList();
    if (!below.isEmpty()) {
      return ": it is a section with keys of its own, such as " + below.get(0);
    }
    return near(key).map(name -> ", did you mean " + name + "?").orElse("");
  }

  /** Near as a whole, else with the same or a similar last part in another section. */
  private Optional<String> near(String key) {
    Collection<String> siblings =
        known.stream().filter(name -> section(name).equals(section(key))).toList();
    return Nearest.of(last(key), siblings.stream().map(Binder::last).toList())
        .map(name -> section(key).isEmpty() ? name : section(key) + "." + name)
        .or(() -> Nearest.of(key, known))
        .or(() -> known.stream().filter(name -> last(name).equals(last(key))).findFirst());
  }

  private static String section(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('.')));
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
