package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.Config;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.config.InitConfig;

/**
 * README and docs tell the truth: every command parses, its files and keys exist, every
 * configuration loads, every link leads somewhere. {@code .ci/documented} runs the commands.
 */
class DocumentationTest {

  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
  private static final Pattern LAUNCHER = Pattern.compile("^\\./(train|eval|visionfashion) (.*)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern SET = Pattern.compile("--set ([a-z0-9_.]+)=");

  @TempDir private Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
                  .map(Path::of),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  private static List<String> found(Pattern pattern, Path page) {
    try {
      return pattern
          .matcher(Files.readString(page))
          .results()
          .map(match -> match.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> commands() throws IOException {
    return pages().stream()
        .flatMap(page -> found(SHELL, page).stream())
        .flatMap(String::lines)
        .map(line -> line.replaceFirst(" +# .*", "").strip())
        .filter(line -> LAUNCHER.matcher(line).matches())
        .distinct()
        .toList();
  }

  static List<String> configurations() throws IOException {
    return pages().stream().flatMap(page -> found(YAML, page).stream()).toList();
  }

  private Config load(String yaml) throws IOException {
    return ConfigLoader.load(Files.writeString(folder.resolve("shown.yaml"), yaml), List.of());
  }

  @Test
  void thereAreCommandsAndConfigurations() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(20);
    assertThat(configurations()).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandParsesAndNamesKeysThatExist(String command) {
    Matcher words = LAUNCHER.matcher(command);
    assertThat(words.matches()).isTrue();
    String[] arguments = words.group(2).replace("\"", "").replace("'", "").split(" +");
    assertThatCode(() -> new Cli(new Interrupt()).commandLine(words.group(1)).parseArgs(arguments))
        .doesNotThrowAnyException();
    Set<String> keys = Binder.flat(Config.DEFAULT).keySet();
    SET.matcher(command).results().forEach(set -> assertThat(keys).contains(set.group(1)));
    Pattern.compile("--config (configs/\\S+)")
        .matcher(command)
        .results()
        .forEach(config -> assertThat(Path.of(config.group(1))).isRegularFile());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyConfigurationLoads(String yaml) throws IOException {
    assertThat(load(yaml)).isNotEqualTo(Config.DEFAULT);
  }

  @Test
  void oneStartsFromPublishedWeights() throws IOException {
    List<InitConfig> inits = new ArrayList<>();
    for (String yaml : configurations()) {
      inits.add(load(yaml).model().init());
    }
    assertThat(inits)
        .anySatisfy(
            init -> {
              assertThat(init.image()).startsWith("hf:");
              assertThat(init.text()).startsWith("hf:");
              assertThat(init.ignored()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) {
    Path beside = page.toAbsolutePath().getParent();
    for (String link : found(LINK, page)) {
      assertThat(beside.resolve(link)).as("%s in %s", link, page).exists();
    }
  }
}
