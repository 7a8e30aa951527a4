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
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Split;

class FolderSourceTest {

  @TempDir Path root;

  @Test
  void foldersAreClasses() throws IOException {
    touch("t-shirt/2.jpg");
    touch("t-shirt/1.PNG");
    touch("long_sleeve/studio/3.jpeg");
    Dataset data = load();
    assertThat(data.scheme().name()).isEqualTo("custom");
    assertThat(data.scheme().categories()).containsExactly("long sleeve", "t-shirt");
    assertThat(data.scheme().attributeCount()).isZero();
    assertThat(data.examples())
        .extracting(Example::id)
        .containsExactly("long_sleeve/studio/3.jpeg", "t-shirt/1.PNG", "t-shirt/2.jpg");
    assertThat(data.examples()).extracting(Example::category).containsExactly(0, 1, 1);
    assertThat(data.examples())
        .extracting(Example::caption)
        .containsExactly(
            "a photo of a long sleeve", "a photo of a t-shirt", "a photo of a t-shirt");
    assertThat(data.examples()).allMatch(example -> example.item().equals(example.id()));
    assertThat(data.examples().get(0).picture().file()).exists();
    assertThat(data.problems()).isEmpty();
  }

  @Test
  void companionsAreSilentAndStrangersAreReported() throws IOException {
    touch("hat/1.jpg");
    touch("README.md");
    touch("LICENSE");
    touch("hat/.DS_Store");
    touch("hat/notes.txt");
    touch(".cache/x.jpg");
    touch("__MACOSX/hat/1.jpg");
    touch("hat/model.bin");
    touch("hat/2.avif");
    touch("loose.jpg");
    Dataset data = load();
    assertThat(data.examples()).hasSize(1);
    assertThat(data.problems())
        .extracting(p -> root.relativize(p.file()).toString().replace('\\', '/') + " " + p.kind())
        .containsExactly(
            "hat/2.avif " + Kind.UNREADABLE_IMAGE,
            "hat/model.bin " + Kind.UNUSED,
            "loose.jpg " + Kind.UNLABELLED);
  }

  @Test
  void classesThatDifferInCaseAreNamedAndCanBeOne() throws IOException {
    touch("Dress/1.jpg");
    touch("dress/1.jpg");
    touch("Hat/1.jpg");
    Dataset apart = load();
    assertThat(apart.scheme().categories()).containsExactly("Dress", "Hat", "dress");
    assertThat(apart.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("Dress/dress", "data.fold_case"));
    Dataset one = Sources.open(Binder.with(DataConfigs.folder(root), "fold_case=true")).load();
    assertThat(one.scheme().categories()).containsExactly("dress", "hat");
    assertThat(one.examples()).extracting(Example::id).contains("Dress/1.jpg", "dress/1.jpg");
    assertThat(one.problems()).isEmpty();
  }

  @Test
  void aLinkThatLeadsBackIsReportedAndNotFollowed() throws IOException {
    touch("hat/1.jpg");
    Files.createSymbolicLink(root.resolve("hat/again"), root);
    Dataset data = load();
    assertThat(data.examples()).extracting(Example::id).containsExactly("hat/1.jpg");
    assertThat(data.problems())
        .extracting(problem -> root.relativize(problem.file()) + " " + problem.kind())
        .containsExactly("hat/again " + Kind.OTHER);
  }

  @Test
  void splitIsSharedOutExactly() throws IOException {
    for (int i = 0; i < 20; i++) {
      touch((i < 10 ? "bag/" : "hat/") + i + ".jpg");
    }
    Dataset data = load();
    assertThat(data.split(Split.TRAIN)).hasSize(12);
    assertThat(data.split(Split.VALIDATION)).hasSize(4);
    assertThat(data.split(Split.TEST)).hasSize(4);
  }

  @Test
  void foldersNamedAsSplitsAreSplits() throws IOException {
    touch("Train/hat/1.jpg");
    touch("Train/red_bag/2.jpg");
    touch("val/hat/3.jpg");
    touch("TEST/red_bag/studio/4.jpg");
    touch("TEST/loose.jpg");
    Dataset data = load(SplitRule.AUTO);
    assertThat(data.scheme().categories()).containsExactly("hat", "red bag");
    assertThat(data.examples())
        .extracting(Example::id, Example::split)
        .containsExactly(
            tuple("TEST/red_bag/studio/4.jpg", Split.TEST),
            tuple("Train/hat/1.jpg", Split.TRAIN),
            tuple("Train/red_bag/2.jpg", Split.TRAIN),
            tuple("val/hat/3.jpg", Split.VALIDATION));
    assertThat(data.skipped()).hasSize(1);
    assertThat(data.itemsKnown()).isFalse();
    assertThat(data.splitsGiven()).isTrue();
    assertThat(load(SplitRule.RANDOM).splitsGiven()).isFalse();
    assertThat(load(SplitRule.RANDOM).scheme()).isEqualTo(data.scheme());
  }

  @Test
  void splitFoldersAmongOthersAreAnError() throws IOException {
    touch("train/hat/1.jpg");
    touch("test/hat/2.jpg");
    touch("bag/3.jpg");
    assertThatThrownBy(() -> load(SplitRule.AUTO))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("test, train")
        .hasMessageContaining("bag");
  }

  @Test
  void givenNeedsSplitFolders() throws IOException {
    touch("hat/1.jpg");
    assertThatThrownBy(() -> load(SplitRule.GIVEN))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.split");
  }

  @Test
  void nothingToReadIsSaidInOneLine() throws IOException {
    assertThatThrownBy(this::load)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no pictures");
    assertThatThrownBy(() -> new FolderSource(DataConfigs.folder(root.resolve("none"))).load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such folder");
  }

  private void touch(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[0]);
  }

  private Dataset load(SplitRule rule) {
    return Sources.open(DataConfigs.folder(root, rule)).load();
  }

  private Dataset load() {
    return Sources.open(DataConfigs.folder(root)).load();
  }
}
