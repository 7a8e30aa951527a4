package org.visionfashion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.fuzz.Damage;
import org.visionfashion.fuzz.Fuzz;

/** A configuration is data: it is read, or every mistake in it is told on a line of its own. */
public class DirtyConfigurationsTest {

  @TempDir private Path folder;

  /** Damaged experiments. */
  public static Fuzz fuzz(Path folder) throws IOException {
    Damage damage =
        new Damage(
            "\n",
            "  ",
            "\t",
            "[",
            "]",
            "{",
            "}",
            ": ",
            "- ",
            "---\n",
            "...\n",
            "&a ",
            "*a",
            "<<: *a",
            "!!java.net.URL ",
            "? ",
            "| ",
            ">\n",
            "\"",
            "'",
            "%YAML 9\n",
            "@",
            "\u00FF",
            "\0",
            "\u00EF\u00BB\u00BF",
            "contrastive:\n",
            "lr: 1e999\n",
            "a: ");
    Path demo = Path.of("configs", "demo.yaml");
    List<byte[]> whole =
        List.of(
            ConfigLoader.load(demo, List.of()).toYaml().getBytes(StandardCharsets.UTF_8),
            Files.readAllBytes(demo));
    return new Fuzz("yaml", whole, damage, 64, (bytes, label) -> isRead(folder, bytes, label));
  }

  private static boolean isRead(Path folder, byte[] bytes, String label) throws IOException {
    Path file = Files.write(folder.resolve("experiment.yaml"), bytes);
    try {
      ConfigLoader.load(file, List.of());
      return true;
    } catch (UserError e) {
      assertThat(e.problems()).as(label).isNotEmpty();
      e.problems().forEach(problem -> Fuzz.assertLine(problem, "", label));
      assertThat(e.getMessage()).as(label).contains(file.toString());
      return false;
    }
  }

  @Test
  void damageIsSurvived() throws IOException {
    int refused = fuzz(folder).run(0, Fuzz.CASES);
    assertThat(refused).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  /** The tags with which YAML libraries were made to run programs stay words. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run:\n  seed: !!javax.script.ScriptEngineManager [!!java.net.URL \"http://localhost\"]",
        "run:\n  seed: !!java.io.File /etc/passwd",
        "run: !!java.net.URL\n  seed: a",
        "run:\n  seed: !!python/object/apply:os.system ['true']"
      })
  void aTagMakesNoObject(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("tags.yaml"), yaml);
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ":2: run.seed")
        .hasMessageContaining("must be a whole number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model:\n  ignore: [[a], b]",
        "model:\n  ignore: [{a: b}]",
        "model:\n  ignore: [&x a, *x]"
      })
  void aListHoldsPlainValues(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("list.yaml"), yaml);
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ":2: ")
        .hasMessageContaining("a list holds plain values");
  }

  /** Aliases of aliases, and sections in sections: neither is followed. */
  @Test
  void bombsDoNotGoOff() throws IOException {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    for (String yaml :
        List.of(
            laughs.toString(), "{a: ".repeat(100_000), "[".repeat(100_000), "- ".repeat(100_000))) {
      assertThat(isRead(folder, yaml.getBytes(StandardCharsets.UTF_8), "bomb")).isFalse();
    }
  }

  @Test
  void aFileOfMoreThanAMegabyteIsNoConfiguration() throws IOException {
    Path file = Files.write(folder.resolve("big.yaml"), new byte[1_000_001]);
    assertThatThrownBy(() -> ConfigLoader.load(file, List.of()))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": cannot be read: 1,000,001 bytes; a configuration allows 1,000,000");
  }
}
