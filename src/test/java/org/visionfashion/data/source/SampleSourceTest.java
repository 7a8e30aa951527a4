package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.ImageDecoder;
import org.visionfashion.data.parquet.Parquets;
import org.visionfashion.data.tar.Tars;

/** Samples of tar shards and of img2dataset's folders. */
class SampleSourceTest {

  @TempDir Path folder;

  private Dataset load(Path root) {
    return load(root, SplitRule.AUTO);
  }

  private Dataset load(Path root, SplitRule rule) {
    return new SampleSource(DataConfigs.samples(root, rule)).load();
  }

  private Path tar(String name, Tars tars) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return tars.write(file);
  }

  /** A shard whose samples are pictures of nothing. */
  private Path pictures(String name, String... keys) throws IOException {
    Tars tars = new Tars();
    for (String key : keys) {
      tars.add(key + ".jpg", "x").add(key + ".txt", "about " + key);
    }
    return tar(name, tars);
  }

  private static List<String> skipped(Dataset data) {
    return data.skipped().stream().map(Problem::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu.tar", "pax.tar", "bsd-pax.tar", "bsd-gnu.tar"})
  void shardsOfOtherProgramsAreRead(String name) throws IOException {
    Dataset data = load(Tars.WRITTEN.resolve(name));
    String longName = "train/women_" + "very_".repeat(24) + "long.png";
    assertThat(data.name()).isEqualTo(name);
    assertThat(data.scheme().categories()).containsExactly("dress", "hat", "jeans");
    assertThat(data.scheme().attributes())
        .containsExactly("blue", "cotton", "denim", "green", "red");
    assertThat(data.examples())
        .extracting(Example::id, Example::captions, Example::category, Example::item)
        .containsExactly(
            tuple("train/000000000.jpg", List.of("A red cotton dress"), 0, "A0"),
            tuple("train/000000001.jpg", List.of("Blue jeans", "Denim trousers"), 2, "A0"),
            tuple("train/000000002.jpg", List.of("A green hat"), 1, "A1"),
            tuple(longName, List.of("A grey coat with a name that is long"), -1, longName));
    assertThat(data.itemsKnown()).isTrue();
    assertThat(data.skipped()).isEmpty();
    for (Example example : data.examples()) {
      assertThat(ImageDecoder.decode(example.picture(), LimitsConfig.DEFAULT).width())
          .isEqualTo(12);
      assertThat(example.picture().member()).isEqualTo(example.id());
    }
    String unused = data.problems().get(data.problems().size() - 1).message();
    assertThat(unused).contains("json.caption").contains("url").doesNotContain("attributes");
  }

  @Test
  void theSameFilesInFoldersAreTheSameSet() throws IOException {
    Path set = folder.resolve("set");
    byte[] archive = Tars.written("bsd-pax.tar");
    Path shard = Files.write(folder.resolve("a.tar"), archive);
    try (var reader = new org.visionfashion.data.tar.TarReader(shard, problem -> {})) {
      for (var member = reader.next(); member != null; member = reader.next()) {
        Path file = set.resolve(member.name());
        Files.createDirectories(file.getParent());
        Files.write(file, reader.read(member, 1 << 20, "limit"));
      }
    }
    Dataset tar = load(shard);
    Dataset files = load(set, SplitRule.RANDOM);
    assertThat(files.fingerprint()).isEqualTo(load(shard, SplitRule.RANDOM).fingerprint());
    assertThat(files.examples().get(0).picture().file())
        .isEqualTo(set.resolve("train/000000000.jpg"));
    assertThat(files.examples().get(0).picture().read(LimitsConfig.DEFAULT))
        .isEqualTo(tar.examples().get(0).picture().read(LimitsConfig.DEFAULT));
  }

  @Test
  void theKeyEndsAtTheFirstDotOfTheName() throws IOException {
    Dataset data =
        load(
            tar(
                "a.tar",
                new Tars()
                    .add("v1.2/a.JPG", "x")
                    .add("v1.2/a.seg.png", "x")
                    .add("v1.2/a.TXT", "one\n\n two \r\n")
                    .add("b.jpg", "x")
                    .add("b.cls", "7\n")
                    .add("README", "r")
                    .add(".DS_Store", "d")
                    .add("__meta__", "m")));
    assertThat(data.examples()).extracting(Example::id).containsExactly("b.jpg", "v1.2/a.JPG");
    assertThat(data.examples().get(1).captions()).containsExactly("one", "two");
    assertThat(data.scheme().categories()).containsExactly("7");
    assertThat(data.problems())
        .filteredOn(problem -> problem.kind() == Kind.UNUSED)
        .extracting(Problem::message)
        .anyMatch(note -> note.contains("seg.png (1)"))
        .anyMatch(note -> note.contains("README"));
  }

  @Test
  void everySampleThatCannotBeUsedIsNamed() throws IOException {
    byte[] whole =
        new Tars()
            .add("good.jpg", "x")
            .add("good.txt", "good")
            .add("nopic.txt", "alone")
            .add("heic.heic", "x")
            .add("two.jpg", "x")
            .add("two.png", "x")
            .add("twice.jpg", "x")
            .add("twice.jpg", "x")
            .add("broken.jpg", "x")
            .add("broken.json", "{\"caption\": ")
            .add("list.jpg", "x")
            .add("list.json", "[1]")
            .add("bytes.jpg", "x")
            .add("bytes.txt", new byte[] {(byte) 0xE4, 'h'})
            .add("look.v2.jpg", "x")
            .block('2', "link.jpg", new byte[0])
            .add("../out.jpg", "x")
            .add("empty.jpg", "x")
            .add("empty.txt", " \n")
            .add("cut.jpg", "x")
            .bytes();
    Path file = Files.write(folder.resolve("a.tar"), Arrays.copyOf(whole, whole.length - 1536));
    Dataset data = load(file);
    assertThat(data.examples()).extracting(Example::id).containsExactly("empty.jpg", "good.jpg");
    List<String> skipped = skipped(data);
    assertThat(skipped).hasSize(11).allMatch(line -> line.contains("a.tar"));
    for (String member :
        List.of(
            "nopic.txt",
            "heic.heic",
            "two.png",
            "twice.jpg",
            "broken.json",
            "list.json",
            "bytes.txt",
            "look.v2.jpg",
            "link.jpg",
            "../out.jpg",
            "cut.jpg")) {
      assertThat(skipped).filteredOn(line -> line.contains(": " + member + ": ")).hasSize(1);
    }
    assertThat(data.problems())
        .filteredOn(problem -> problem.kind() == Kind.BLANK_CAPTION)
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("empty.jpg");
    assertThatThrownBy(() -> data.requireWithin(0.01)).isInstanceOf(UserError.class);
  }

  @Test
  void aShardWithoutAnySampleIsRefusedWithTheFirstReason() throws IOException {
    Path file = tar("a.tar", new Tars().add("a.txt", "alone"));
    assertThatThrownBy(() -> load(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.txt");
  }

  @Test
  void membersOfASampleNeedNotFollowEachOther() throws IOException {
    Dataset data =
        load(
            tar(
                "a.tar",
                new Tars()
                    .add("a.jpg", "x")
                    .add("b.jpg", "x")
                    .add("a.txt", "A")
                    .add("b.txt", "B")));
    assertThat(data.examples()).extracting(Example::caption).containsExactly("A", "B");
    assertThat(data.problems()).isEmpty();
  }

  @Test
  void fieldsOfAnyShardAreColumnsOfAll() throws IOException {
    tar("0.tar", new Tars().add("a.jpg", "x").add("a.json", "{\"alt\": [\"one\", \"two\"]}"));
    tar(
        "1.tar",
        new Tars()
            .add("b.jpg", "x")
            .add(
                "b.json",
                "{\"category\": \"hat\", \"price\": 1.50, \"n\": NaN, \"o\": {\"c\": [[1], null]}}"));
    DataConfig config =
        Binder.with(DataConfigs.samples(folder, SplitRule.RANDOM), "columns.caption=alt");
    Dataset data = new SampleSource(config).load();
    assertThat(data.examples().get(0).captions()).containsExactly("one", "two");
    assertThat(data.scheme().categories()).containsExactly("hat");
    assertThat(data.problems())
        .filteredOn(problem -> problem.kind() == Kind.UNUSED)
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("price, n, o.c");
  }

  @Test
  void namesThatRepeatGetTheShardInFront() throws IOException {
    pictures("x/0.tar", "a", "b");
    pictures("x/1.tar", "c");
    assertThat(load(folder).examples())
        .extracting(Example::id)
        .containsExactly("a.jpg", "b.jpg", "c.jpg");
    pictures("x/1.tar", "b", "c");
    assertThat(load(folder).examples())
        .extracting(Example::id, Example::caption)
        .containsExactly(
            tuple("x/0/a.jpg", "about a"),
            tuple("x/0/b.jpg", "about b"),
            tuple("x/1/b.jpg", "about b"),
            tuple("x/1/c.jpg", "about c"));
  }

  @Test
  void foldersAndWordsOfNamesGiveSplits() throws IOException {
    pictures("train/0.tar", "a");
    pictures("val/0.tar", "b");
    pictures("test/0.tar", "c");
    assertThat(load(folder).examples())
        .extracting(Example::split)
        .containsExactly(Split.TRAIN, Split.VALIDATION, Split.TEST);
    Path other = folder.resolve("other");
    pictures("other/shop-train-000.tar", "a");
    pictures("other/shop-valid-000.tar", "b");
    assertThat(load(other).examples())
        .extracting(Example::split)
        .containsExactly(Split.TRAIN, Split.VALIDATION);
    pictures("other/shop-more.tar", "c");
    assertThatThrownBy(() -> load(other))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("shop-more");
    assertThat(load(other, SplitRule.RANDOM).examples()).hasSize(3);
  }

  /** A folder called train that is all there is does not leave the others empty. */
  @Test
  void oneNameForAllIsNoSplit() throws IOException {
    pictures("train-0.tar", "a", "b", "c");
    pictures("train-1.tar", "d", "e");
    Dataset data = load(folder);
    assertThat(data.has(Split.TEST)).isTrue();
    assertThat(load(folder, SplitRule.GIVEN).split(Split.TRAIN)).hasSize(5);
  }

  @Test
  void rangesAndPatternsNameShards() throws IOException {
    for (int i = 0; i < 4; i++) {
      pictures("s/0000" + i + ".tar", "k" + i);
    }
    Files.writeString(folder.resolve("s/00000_stats.json"), "{}");
    Path shards = folder.resolve("s");
    assertThat(load(shards.resolve("{00001..00002}.tar")).examples())
        .extracting(Example::id)
        .containsExactly("k1.jpg", "k2.jpg");
    assertThat(load(shards.resolve("{00000,00003}.tar")).examples()).hasSize(2);
    assertThat(load(shards.resolve("*[12].tar")).examples()).hasSize(2);
    assertThat(load(folder.resolve("**.tar")).examples()).hasSize(4);
    String joined = shards.resolve("00000.tar") + "::" + shards.resolve("{00002..00003}.tar");
    assertThat(load(Path.of(joined)).examples()).hasSize(3);
    assertThat(load(Path.of(joined + "::")).examples()).hasSize(3);
    assertThatThrownBy(() -> load(shards.resolve("{00002..00009}.tar")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("6 of")
        .hasMessageContaining("00004.tar")
        .hasMessageNotContaining("00008.tar");
    assertThatThrownBy(() -> load(shards.resolve("x*.tar"))).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> load(folder.resolve("none"))).isInstanceOf(UserError.class);
  }

  @Test
  void compressedShardsAreRefusedWithTheRemedy() throws IOException {
    pictures("0.tar", "a");
    Path packed = folder.resolve("1.tar.gz");
    Files.write(packed, new byte[] {0x1F, (byte) 0x8B, 8, 0});
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1.tar.gz")
        .hasMessageContaining("gunzip");
    pictures("1.tar", "b");
    assertThat(load(folder).examples()).hasSize(2);
  }

  @Test
  void limitsHold() throws IOException {
    Path file =
        tar(
            "a.tar",
            new Tars()
                .add("a.jpg", "x")
                .add("a.txt", "y".repeat(200))
                .add("b.jpg", "x")
                .add("b.json", "{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}")
                .add("c.jpg", "x"));
    DataConfig config =
        Binder.with(
            DataConfigs.samples(file, SplitRule.RANDOM),
            "limits.",
            Binder.of(LimitsConfig.class, "line=100", "json_depth=10"));
    Dataset data = new SampleSource(config).load();
    assertThat(data.examples()).extracting(Example::id).containsExactly("c.jpg");
    assertThat(skipped(data))
        .hasSize(2)
        .anyMatch(line -> line.contains("a.txt") && line.contains("data.limits.line"))
        .anyMatch(line -> line.contains("b.json") && line.contains("depth"));
  }

  @Test
  void linksOutOfTheFolderAreRefused() throws IOException {
    Path outside = pictures("out/0.tar", "a");
    pictures("in/1.tar", "b");
    Files.createSymbolicLink(folder.resolve("in/0.tar"), outside);
    Dataset data = load(folder.resolve("in"));
    assertThat(data.examples()).extracting(Example::id).containsExactly("b.jpg");
    assertThat(data.skipped()).extracting(Problem::kind).containsExactly(Kind.OUTSIDE);
  }

  @Test
  void countsBesideTheShardsAreCompared() throws IOException {
    pictures("00000.tar", "a", "b");
    pictures("00001.tar", "c");
    Files.writeString(folder.resolve("sizes.json"), "{\"00000.tar\": 2, \"00001.tar\": 1}");
    Files.writeString(folder.resolve("__len__"), "3");
    Files.writeString(
        folder.resolve("00000_stats.json"),
        "{\"count\": 5, \"successes\": 2, \"status_dict\":"
            + " {\"success\": 2, \"HTTP Error 404: Not Found\": 3}}");
    Dataset data = load(folder);
    assertThat(data.problems()).noneMatch(Problem::fault);
    assertThat(data.problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("3 of 5", "404");

    Files.writeString(folder.resolve("sizes.json"), "{\"00000.tar\": 2, \"00001.tar\": 7}");
    Files.writeString(folder.resolve("__len__"), "9");
    Files.writeString(folder.resolve("00000_stats.json"), "{\"successes\": 3}");
    Files.writeString(folder.resolve("00001_stats.json"), "{");
    assertThat(load(folder).problems())
        .filteredOn(Problem::fault)
        .extracting(problem -> problem.file().getFileName() + " " + problem.message())
        .hasSize(4)
        .anyMatch(line -> line.contains("00001.tar sizes.json says 7"))
        .anyMatch(line -> line.contains("__len__ says 9"))
        .anyMatch(line -> line.contains("00000.tar 00000_stats.json says 3"))
        .anyMatch(line -> line.contains("00001_stats.json cannot be read"));
    assertThat(load(folder.resolve("{00000..00000}.tar")).problems())
        .filteredOn(Problem::fault)
        .hasSize(1);
  }

  @Test
  void withoutStatisticsTheRowsOfTheParquetFileTellWhatFailed() throws IOException {
    pictures("00000.tar", "a", "b");
    List<Consumer<Group>> rows =
        Stream.of("success", "success", "failed_to_download", "failed_to_resize")
            .<Consumer<Group>>map(
                status ->
                    row -> {
                      row.append("key", "k").append("status", status);
                      if (status.endsWith("download")) {
                        row.append("error_message", "HTTP Error 404: Not Found");
                      }
                    })
            .toList();
    Parquets.write(
        folder.resolve("00000.parquet"),
        "optional binary key (STRING); optional binary status (STRING);"
            + " optional binary error_message (STRING);",
        rows);
    Dataset data = load(folder);
    assertThat(data.problems())
        .singleElement()
        .matches(problem -> !problem.fault())
        .extracting(Problem::message)
        .asString()
        .contains("2 of 4", "404", "failed_to_resize");
    pictures("00000.tar", "a");
    assertThat(load(folder).problems())
        .filteredOn(Problem::fault)
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("00000.parquet", "2");
    Files.writeString(folder.resolve("00000.parquet"), "none");
    assertThat(load(folder).problems()).filteredOn(Problem::fault).hasSize(1);
  }

  @Test
  void itIsTheSameWhereverItLies() throws IOException {
    pictures("x/0.tar", "a", "b");
    pictures("y/0.tar", "a", "b");
    assertThat(load(folder.resolve("x")).fingerprint())
        .isEqualTo(load(folder.resolve("y")).fingerprint());
  }
}
