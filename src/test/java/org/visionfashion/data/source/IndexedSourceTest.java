package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Fingerprint;
import org.visionfashion.data.Split;
import org.visionfashion.data.index.ExampleIndex;
import org.visionfashion.data.tar.Tars;

/** Data sets from an index against the same read from their files. */
class IndexedSourceTest {

  private static final long SEED = 5;
  private static final long PAST = 1_600_000_000_000L;

  @TempDir Path root;
  private Path table;
  private int loads;

  @BeforeEach
  void write() throws IOException {
    write(300);
  }

  /** A table whose rows share a few pictures; some rows are at fault. */
  private void write(int rows) throws IOException {
    Random random = new Random(SEED);
    Files.createDirectories(root.resolve("pics"));
    for (int i = 0; i < 5; i++) {
      Files.writeString(root.resolve("pics/%d.jpg".formatted(i)), "picture " + i);
    }
    List<String> lines =
        new ArrayList<>(List.of("id,image,caption,category,attributes,item,split"));
    for (int i = 0; i < rows; i++) {
      lines.add(
          "shop/%d,pics/%d.jpg,caption %d,%s,%s,%s,%s"
              .formatted(
                  random.nextInt(2 * rows),
                  random.nextInt(100) == 0 ? 99 : random.nextInt(5),
                  random.nextInt(rows),
                  random.nextInt(9) == 0 ? "" : "class " + random.nextInt(7),
                  random.nextInt(3) == 0 ? "" : "red|tag " + random.nextInt(30),
                  random.nextInt(3) == 0 ? "" : random.nextInt(rows),
                  List.of("train", "val", "test").get(random.nextInt(3))));
    }
    table = Files.write(root.resolve("shop.csv"), lines);
    age();
  }

  /** All data are from the past, so that no change hides within a tick of the clock. */
  private void age() throws IOException {
    for (Path path : List.of(table, root.resolve("pics"), root)) {
      Files.setLastModifiedTime(path, FileTime.fromMillis(PAST));
    }
  }

  @Test
  void anIndexGivesWhatTheFilesGive() throws IOException {
    write(50_000);
    Dataset plain = TableSource.at(config(), Source.CSV).load();
    Dataset built = load();
    Dataset opened = load();
    assertThat(loads).isEqualTo(1);
    assertSame(built, plain);
    assertSame(opened, plain);
    assertThat(opened.fingerprint()).isEqualTo(Fingerprint.of(plain.scheme(), plain.examples()));
    Path folder = indexes().get(0);
    assertThat(folder.getFileName().toString()).contains(plain.fingerprint().substring(0, 12));
  }

  @Test
  void damageOfAnyFileIsNoticed() throws IOException {
    Dataset plain = TableSource.at(config(), Source.CSV).load();
    load();
    Random random = new Random(SEED);
    List<String> names = files();
    assertThat(names).hasSizeGreaterThan(15);
    int expected = loads;
    for (String name : names) {
      boolean all = name.equals("head.json") || name.equals("caption");
      List<Damage> some = List.of(Damage.values()[random.nextInt(4)]);
      for (Damage damage : all ? List.of(Damage.values()) : some) {
        Path file = indexes().get(0).resolve(name);
        if (Files.size(file) == 0 && damage != Damage.DELETED && damage != Damage.LONGER) {
          continue;
        }
        damage.to(file, random);
        assertSame(load(), plain);
        assertThat(loads).as("%s %s, seed %d", name, damage, SEED).isEqualTo(++expected);
        assertSame(load(), plain);
        assertThat(loads).isEqualTo(expected);
      }
    }
    assertThat(files()).containsExactlyElementsOf(names);
  }

  private enum Damage {
    FLIPPED,
    SHORTER,
    LONGER,
    DELETED;

    void to(Path file, Random random) throws IOException {
      if (this == DELETED) {
        Files.delete(file);
        return;
      }
      try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
        switch (this) {
          case FLIPPED -> {
            long at = random.nextLong(out.length());
            out.seek(at);
            int there = out.read();
            out.seek(at);
            out.write(there ^ (1 << random.nextInt(8)));
          }
          case SHORTER -> out.setLength(random.nextLong(out.length()));
          case LONGER -> {
            out.seek(out.length());
            out.write(0);
          }
          case DELETED -> throw new AssertionError();
        }
      }
    }
  }

  @Test
  void changedDataAreReadAgain() throws IOException {
    load();
    Files.writeString(table, Files.readString(table).replace("class 1", "class 2"));
    assertThat(load().scheme().categories()).hasSize(6);
    assertThat(loads).isEqualTo(2);
    Files.delete(root.resolve("pics/3.jpg"));
    assertThat(load().skipped()).hasSizeGreaterThan(20);
    assertThat(loads).isEqualTo(3);
    assertThat(indexes()).hasSize(1);
  }

  @Test
  void whatDoesNotDecideDoesNotCount() throws IOException {
    load();
    Files.createDirectory(root.resolve(".pixel-cache"));
    Files.setLastModifiedTime(root.resolve("pics"), FileTime.fromMillis(PAST + 5000));
    load();
    assertThat(loads).isEqualTo(1);
  }

  @Test
  void otherSettingsHaveAnIndexOfTheirOwn() throws IOException {
    load();
    Dataset random = load(DataConfigs.csv(root, SplitRule.RANDOM));
    assertThat(loads).isEqualTo(2);
    assertThat(load().fingerprint()).isNotEqualTo(random.fingerprint());
    assertThat(load(DataConfigs.csv(root, SplitRule.RANDOM))).isEqualTo(random);
    assertThat(loads).isEqualTo(2);
    assertThat(indexes()).hasSize(2);
  }

  @Test
  void settingsThatDecideNothingShareAnIndex() throws IOException {
    load();
    load(Binder.with(config(), "workers=7", "max_broken=1", "cache.side=64"));
    assertThat(loads).isEqualTo(1);
    load(Binder.with(config(), "fold_case=true"));
    load(Binder.with(config(), "limits.line=2000"));
    assertThat(loads).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar", "datasets.parquet", "img2dataset.parquet"})
  void picturesInContainersAreFoundAgain(String kind, @TempDir Path other) throws IOException {
    boolean tar = kind.equals("tar");
    if (tar) {
      Tars shard = new Tars();
      for (int i = 0; i < 5; i++) {
        shard.add(i + ".txt", "caption " + i).add(i + ".jpg", "picture " + i);
      }
      shard.write(other.resolve("0.tar"));
    } else {
      Files.copy(Path.of("src/test/resources/parquet", kind), other.resolve(kind));
    }
    DataConfig config =
        Binder.with(DataConfigs.auto(other), "source=" + (tar ? "webdataset" : "parquet"));
    Supplier<DataSource> source = () -> tar ? new SampleSource(config) : new ParquetSource(config);
    Dataset plain = source.get().load();
    for (int i = 0; i < 2; i++) {
      Dataset indexed = new IndexedSource(counting(source.get()), config, 1).load();
      assertSame(indexed, plain);
      for (int at = 0; at < plain.examples().size(); at++) {
        assertThat(indexed.examples().get(at).picture().read(LimitsConfig.DEFAULT))
            .isEqualTo(plain.examples().get(at).picture().read(LimitsConfig.DEFAULT));
      }
    }
    assertThat(plain.examples()).hasSizeGreaterThan(1);
    assertThat(loads).isEqualTo(1);
  }

  @Test
  void withoutAPlaceForItDataAreReadEachTime() throws IOException {
    Files.writeString(root.resolve(ExampleIndex.FOLDER), "no folder");
    Dataset plain = TableSource.at(config(), Source.CSV).load();
    assertSame(load(), plain);
    assertSame(load(), plain);
    assertThat(loads).isEqualTo(2);
  }

  @Test
  void fewExamplesHaveNoIndex() throws IOException {
    new IndexedSource(TableSource.at(config(), Source.CSV), config()).load();
    assertThat(root.resolve(ExampleIndex.FOLDER)).doesNotExist();
  }

  @Test
  void classFoldersAreIndexedToo(@TempDir Path other) throws IOException {
    for (String name : List.of("train/hat/1.jpg", "train/shoe/2.jpg", "test/hat/3.jpg")) {
      Files.createDirectories(other.resolve(name).getParent());
      Files.writeString(other.resolve(name), name);
    }
    try (Stream<Path> all = Files.walk(other)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.setLastModifiedTime(path, FileTime.fromMillis(PAST));
      }
    }
    DataConfig config = DataConfigs.folder(other, SplitRule.GIVEN);
    Dataset plain = new FolderSource(config).load();
    for (int i = 0; i < 2; i++) {
      assertSame(new IndexedSource(counting(new FolderSource(config)), config, 1).load(), plain);
    }
    assertThat(loads).isEqualTo(1);
    Files.writeString(other.resolve("train/hat/4.jpg"), "new");
    assertThat(new IndexedSource(counting(new FolderSource(config)), config, 1).load().examples())
        .hasSize(4);
  }

  private static void assertSame(Dataset dataset, Dataset plain) {
    assertThat(dataset.examples()).isEqualTo(plain.examples());
    assertThat(dataset).isEqualTo(plain);
    assertThat(dataset.fingerprint()).isEqualTo(plain.fingerprint());
    assertThat(dataset.summary()).isEqualTo(plain.summary());
    assertThat(dataset.split(Split.TRAIN).repeatedCaptions())
        .isEqualTo(plain.split(Split.TRAIN).repeatedCaptions());
  }

  private DataConfig config() {
    return DataConfigs.csv(root, SplitRule.GIVEN);
  }

  private Dataset load() {
    return load(config());
  }

  private Dataset load(DataConfig config) {
    return new IndexedSource(counting(TableSource.at(config, Source.CSV)), config, 1).load();
  }

  private DataSource counting(DataSource source) {
    return new DataSource() {
      @Override
      public Dataset load() {
        loads++;
        return source.load();
      }

      @Override
      public Set<Path> inputs() {
        return source.inputs();
      }
    };
  }

  private List<Path> indexes() throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(ExampleIndex.FOLDER))) {
      return all.sorted().toList();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(indexes().get(0))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
