package org.visionfashion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataRoot.Part;

/** What may be written for {@code data.root}. */
class DataRootTest {

  @TempDir private Path folder;

  private DataRoot root(String yaml, String... sets) throws IOException {
    return load(yaml, sets).data().root();
  }

  private Config load(String yaml, String... sets) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
    return ConfigLoader.load(file, List.of(sets));
  }

  private static Path path(String text) {
    return ProjectFolder.resolve(text);
  }

  @Test
  void aPlace() throws IOException {
    DataRoot root = root("data: {root: data/shop}");
    assertThat(root.path()).isEqualTo(path("data/shop")).isEqualTo(root.folder());
    assertThat(root).hasToString("data/shop").isEqualTo(DataRoot.at(path("data/shop")));
    assertThat(root("data: {root: /far/a.csv}")).hasToString("/far/a.csv");
    assertThat(root("data: {root: .}").path()).isEqualTo(ProjectFolder.path());
  }

  @Test
  void severalPlaces() throws IOException {
    DataRoot root = root("data: {root: [/d/a/1.csv, /d/b/2.csv]}");
    assertThat(root.parts())
        .containsExactly(new Part("", Path.of("/d/a/1.csv")), new Part("", Path.of("/d/b/2.csv")));
    assertThat(root.folder()).isEqualTo(Path.of("/d"));
    assertThatThrownBy(root::path)
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("data.root", "/d/a/1.csv, /d/b/2.csv");
  }

  @Test
  void placesOfEachSplit() throws IOException {
    List<Part> parts =
        List.of(
            new Part("train", path("a.csv")),
            new Part("validation", path("b.csv")),
            new Part("test", path("c.csv")),
            new Part("test", path("d.csv")));
    String yaml =
        """
        data:
          root:
            train: a.csv
            validation: b.csv
            test: [c.csv, d.csv]
        """;
    assertThat(root(yaml).parts()).isEqualTo(parts);
    assertThat(
            root("data: {root: {test: [c.csv, d.csv], train: a.csv, validation: b.csv}}").parts())
        .isEqualTo(parts);
    assertThat(
            root("", "data.root={train: a.csv, validation: b.csv, test: [c.csv, d.csv]}").parts())
        .isEqualTo(parts);
    assertThat(
            root(
                    "",
                    "data.root.train=a.csv",
                    "data.root.validation=b.csv",
                    "data.root.test=[c.csv, d.csv]")
                .parts())
        .isEqualTo(parts);
    assertThatThrownBy(() -> root("data: {root: {test: c.csv}}").path())
        .isInstanceOf(UserError.class);
  }

  @Test
  void aDataSetOfTheHub() throws IOException {
    String text = "hf:datasets/owner/name@refs/pr/1#small";
    DataRoot root = root("data: {root: '%s'}".formatted(text));
    assertThat(root.isOnHub()).isTrue();
    assertThat(root.parts()).isEmpty();
    assertThat(root).hasToString(text);
    assertThat(root.repository()).contains("owner/name");
    assertThat(load("").data().root().repository()).isEmpty();
    assertThatThrownBy(root::path).isInstanceOf(UserError.class).hasMessageStartingWith(text);
    DataRoot fetched = root.fetched(List.of(new Part("test", Path.of("/cache/a.parquet"))));
    assertThat(fetched.folder()).isEqualTo(Path.of("/cache/a.parquet"));
    assertThat(load("").data().withRoot(fetched).root()).isSameAs(fetched);
  }

  @Test
  void onlyParquetIsReadFromTheHub() throws IOException {
    String yaml = "data:\n  source: %s\n  root: hf:datasets/owner/name";
    assertThat(load(yaml.formatted("parquet")).data().root().isOnHub()).isTrue();
    assertThatThrownBy(() -> load(yaml.formatted("csv")))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("x.yaml:2", "data.source = csv", "parquet");
  }

  /** Whoever resumes a run, or changes a key, reads the same data. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/shop",
        "/far/away",
        ".",
        "[/d/1.csv, 2.csv]",
        "hf:datasets/owner/name@v1",
        "{train: a.csv, test: [b.csv, /d/c.csv]}"
      })
  void comesBack(String text) throws IOException {
    Config config = load("data: {root: %s}".formatted(text));
    assertThat(load(config.toYaml())).isEqualTo(config);
    assertThat(config.with("data.seed=7").data().root()).isEqualTo(config.data().root());
  }

  @Test
  void theLastSettingCounts() throws IOException {
    String splits = "data: {root: {train: a.csv, test: b.csv}}";
    assertThat(root(splits, "data.root=/other").path()).isEqualTo(Path.of("/other"));
    assertThat(root("data: {root: /other}", "data.root.test=b.csv").parts())
        .containsExactly(new Part("test", path("b.csv")));
    assertThat(root(splits, "data.root.test=c.csv").parts())
        .containsExactly(new Part("train", path("a.csv")), new Part("test", path("c.csv")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''",
        "' '",
        "[]",
        "['']",
        "hf:owner/name",
        "[a.csv, 'hf:datasets/owner/name']",
        "{train: ''}",
        "{train: 'hf:datasets/owner/name'}",
      })
  void anythingElseIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> root("data:\n  root: " + text))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("x.yaml:2: data.root", "hf:datasets/owner/name", "train: FILE");
  }

  @Test
  void aMisspeltSplitIsToldWithTheNearest() {
    assertThatThrownBy(() -> root("data: {root: {train: a.csv, validaton: b.csv}}"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("data.root.validaton is unknown", "data.root.validation");
  }

  @Test
  void theWholeAndAPartAreNotGivenTogether() {
    assertThatThrownBy(() -> root("data:\n  root: a\n  root.train: b.csv"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("x.yaml:3: data.root.train", "x.yaml:2");
  }
}
