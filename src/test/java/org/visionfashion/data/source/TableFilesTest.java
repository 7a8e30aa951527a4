package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;

/** Which tables make a data set, and what their names say. */
class TableFilesTest {

  @TempDir private Path root;

  @Test
  void tablesNamedAfterSplitsAreOneDataSet() throws IOException {
    table("items_train.csv", "a.jpg");
    table("items-val.csv", "b.jpg");
    write("test-00000-of-00001.jsonl", "{\"image\": \"c.jpg\"}\n");
    picture("c.jpg");
    Dataset data = load("root=" + root);
    assertThat(data.examples())
        .extracting(Example::id, Example::split)
        .containsExactly(
            tuple("a.jpg", Split.TRAIN),
            tuple("b.jpg", Split.VALIDATION),
            tuple("c.jpg", Split.TEST));
    assertThat(data.root()).isEqualTo(root);
    // A rule that does not ask for them shares them out anew.
    assertThat(load("root=" + root, "split=random").examples()).hasSize(3);
    table("prices.csv", "a.jpg");
    assertThatThrownBy(() -> load("root=" + root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("prices.csv");
  }

  @Test
  void placesCanBeNamedForEachSplit() throws IOException {
    table("one/x.csv", "a.jpg");
    table("two/y.csv", "a.jpg");
    table("two/z.csv", "b.jpg");
    Dataset data =
        load(
            "root={train: %s/one/x.csv, test: [%s/two/y.csv, %s/two/z.csv]}"
                .formatted(root, root, root));
    assertThat(data.examples())
        .extracting(Example::id, Example::split)
        .containsExactly(
            tuple("one/a.jpg", Split.TRAIN),
            tuple("two/a.jpg", Split.TEST),
            tuple("two/b.jpg", Split.TEST));
    assertThat(load("root=" + root + "/two/*.csv").examples()).hasSize(2);
    assertThatThrownBy(() -> load("root=" + root + "/two/none-*.csv"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none-*.csv");
  }

  /** As Hugging Face's image folders are laid out. */
  @Test
  void aFolderWithMetadata() throws IOException {
    write("train/metadata.csv", "file_name,text\n1.jpg,a hat\nmore/2.jpg,a bag\n");
    write("test/metadata.jsonl", "{\"file_name\": \"1.jpg\", \"text\": [\"one\", \"two\"]}\n");
    picture("train/1.jpg");
    picture("train/more/2.jpg");
    picture("test/1.jpg");
    Dataset data = load("root=" + root);
    assertThat(data.examples())
        .extracting(Example::id, Example::split)
        .containsExactly(
            tuple("test/1.jpg", Split.TEST),
            tuple("train/1.jpg", Split.TRAIN),
            tuple("train/more/2.jpg", Split.TRAIN));
    assertThat(data.examples().get(0).captions()).containsExactly("one", "two");
    Dataset alone = load("root=" + root.resolve("train"));
    assertThat(alone.examples()).extracting(Example::id).containsExactly("1.jpg", "more/2.jpg");
  }

  @Test
  void jsonMayHaveAnyName() throws IOException {
    write("pairs.json", "[{\"image\": \"a.jpg\", \"caption\": \"x\"}]");
    picture("a.jpg");
    assertThat(load("root=" + root.resolve("pairs.json")).examples()).hasSize(1);
  }

  private Dataset load(String... sets) {
    DataConfig config = Binder.of(DataConfig.class, sets);
    return Sources.open(config).load();
  }

  private void table(String name, String picture) throws IOException {
    write(name, "image,caption\n" + picture + ",x\n");
    picture(Path.of(name).resolveSibling(picture).toString());
  }

  private void picture(String name) throws IOException {
    write(name, "");
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
