package org.visionfashion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every key, whichever there are: none is listed here. */
class EveryKeyTest {

  @TempDir private Path folder;

  static List<ConfigKey> keys() {
    return Binder.keys(Config.class, "");
  }

  @Test
  void noNameIsTakenTwice() {
    Set<String> names = new HashSet<>();
    keys().forEach(key -> assertThat(names.add(key.name())).as(key.name()).isTrue());
    assertThat(Config.DEFAULT.flat().keySet()).isEqualTo(names);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyReachesItsOwnPlaceAndNoOther(ConfigKey key) {
    String other = other(key);
    Map<String, Object> before = Config.DEFAULT.flat();
    Map<String, Object> after = Config.DEFAULT.with(key.name() + "=" + other).flat();
    assertThat(text(after.get(key.name()))).isEqualTo(other.replace("'", ""));
    assertThat(before.entrySet().stream().filter(each -> !after.entrySet().contains(each)))
        .extracting(Map.Entry::getKey)
        .containsExactly(key.name());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyIsDescribed(ConfigKey key) {
    assertThat(key.key().help()).doesNotContain("\n").hasSizeBetween(5, 200);
    assertThat(key.allowed()).matches("(be|contain) .*[^.]");
  }

  @Test
  void everyKeyComesBackFromYaml() throws IOException {
    String[] sets =
        keys().stream().map(key -> key.name() + "=" + other(key)).toArray(String[]::new);
    Config others = Config.DEFAULT.with(sets).with("data.source=csv", "data.split=random");
    others = others.with("model.image_size=96", "model.image.patch_size=8");
    for (String tower : List.of("model.image.", "model.text.")) {
      others = others.with(tower + "hidden_size=64", tower + "heads=8");
    }
    assertThat(load(others.toYaml())).isEqualTo(others);
    Config defaults = load("");
    assertThat(load(defaults.toYaml())).isEqualTo(defaults);
  }

  @Test
  void theYamlIsPlainToRead() throws IOException {
    assertThat(load("").toYaml())
        .startsWith("run:\n  name: run\n  seed: 1\n  precision: fp32\n")
        .contains("\n  root: data/demo\n")
        .contains("\n  lr: 0.001\n")
        .contains("\n  eps: 0.00000001\n")
        .contains("\n  image:\n    init: random\n    patch_size: 8\n");
  }

  /** An allowed value that is not the default. */
  private static String other(ConfigKey key) {
    String usual = text(Config.DEFAULT.flat().get(key.name()));
    List<String> tried = new ArrayList<>(List.of("other", "cpu", "[cpu]", "['a {}']", "a {}"));
    for (int number : List.of(11, 12, 3, 101, 1)) {
      tried.add(String.valueOf(number));
      tried.add("[0.%1$d, 0.%1$d, 0.%1$d]".formatted(number));
      tried.add("0." + number);
    }
    Stream.of("true", "false", "[72, 48]").forEach(tried::add);
    if (key.element().isEnum()) {
      Arrays.stream(key.element().getEnumConstants())
          .map(each -> ConfigKey.label((Enum<?>) each))
          .map(label -> key.isList() ? "[" + label + "]" : label)
          .forEach(tried::add);
    }
    return tried.stream()
        .filter(text -> !text.equals(usual) && isAllowed(key, text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no value for " + key));
  }

  private static boolean isAllowed(ConfigKey key, String text) {
    try {
      Object value = key.parse(Setting.of(key.name(), text, ""));
      return value instanceof List<?> == text.startsWith("[");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String text(Object value) {
    return value instanceof java.math.BigDecimal number ? number.toPlainString() : value.toString();
  }

  private Config load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
    return ConfigLoader.load(file, List.of());
  }
}
