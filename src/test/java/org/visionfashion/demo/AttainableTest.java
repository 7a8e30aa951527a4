package org.visionfashion.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.Progress;
import org.visionfashion.demo.Attainable.Entry;
import org.visionfashion.demo.Attainable.Recalls;

class AttainableTest {

  @TempDir Path folder;

  private static Entry entry(String file, int sleeve, int hat, FashionLabel... told) {
    Labels seen = Labels.nothing().with(FashionLabel.SLEEVE, sleeve).with(FashionLabel.HAT, hat);
    List<Mention> mentions = new ArrayList<>();
    for (FashionLabel group : told) {
      mentions.add(new Mention(group, seen.get(group)));
    }
    return new Entry(file, seen, mentions);
  }

  @Test
  void isAsByPencil() {
    // Long sleeves: a without, b and c with a hat. Short sleeves: d.
    List<Entry> four =
        List.of(
            entry("a", 3, 0, FashionLabel.SLEEVE),
            entry("b", 3, 1, FashionLabel.SLEEVE, FashionLabel.HAT),
            entry("c", 3, 1, FashionLabel.SLEEVE),
            entry("d", 1, 0, FashionLabel.SLEEVE));
    Recalls recalls = Attainable.of(four).recall(List.of("a", "b", "c", "d"));
    // Image to text. a: {a, c} equal: 1/2. b: b states most: 1. c: b before it, then {a, c}: 0.
    // d: alone: 1.
    assertThat(recalls.imageToText().at1()).isCloseTo((0.5 + 1 + 0 + 1) / 4, within(1e-12));
    // Text to image. a and c fit {a, b, c}: 1/3 each. b fits {b, c}: 1/2. d: 1.
    assertThat(recalls.textToImage().at1())
        .isCloseTo((1.0 / 3 + 0.5 + 1.0 / 3 + 1) / 4, within(1e-12));
    assertThat(recalls.imageToText().at5()).isEqualTo(1);
    assertThat(recalls.textToImage().at5()).isEqualTo(1);
    assertThat(recalls.pictures()).isEqualTo(4);
    // Without c nothing is ambiguous but caption a, which fits b too.
    Recalls three = Attainable.of(four).recall(List.of("a", "b", "d", "unknown"));
    assertThat(three.imageToText().at1()).isEqualTo(1);
    assertThat(three.textToImage().at1()).isCloseTo((0.5 + 1 + 1) / 3, within(1e-12));
    assertThat(three.pictures()).isEqualTo(3);
  }

  @Test
  void agreesWithPlayingItOut() {
    long seed = 20240611;
    Random random = new Random(seed);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<FashionLabel> told = new ArrayList<>(List.of(FashionLabel.SLEEVE, FashionLabel.HAT));
      Collections.shuffle(told, random);
      FashionLabel[] some = told.subList(0, 1 + random.nextInt(2)).toArray(FashionLabel[]::new);
      entries.add(entry("p" + i, random.nextInt(3), random.nextInt(2), some));
    }
    Recalls exact = Attainable.of(entries).recall(entries.stream().map(Entry::file).toList());
    int rounds = 600;
    double imageToText = 0;
    double textToImage = 0;
    for (int round = 0; round < rounds; round++) {
      for (Entry query : entries) {
        imageToText += textRank(query, entries, random) <= 5 ? 1 : 0;
        textToImage += imageRank(query, entries, random) <= 5 ? 1 : 0;
      }
    }
    double games = rounds * (double) entries.size();
    assertThat(exact.imageToText().at5())
        .as("seed %d", seed)
        .isCloseTo(imageToText / games, within(0.015));
    assertThat(exact.textToImage().at5())
        .as("seed %d", seed)
        .isCloseTo(textToImage / games, within(0.015));
  }

  private static boolean fits(Entry caption, Entry picture) {
    return caption.mentions().stream().allMatch(mention -> mention.holds(picture.seen()));
  }

  private static int textRank(Entry picture, List<Entry> all, Random random) {
    List<Entry> order = new ArrayList<>(all.stream().filter(text -> fits(text, picture)).toList());
    Collections.shuffle(order, random);
    order.sort((a, b) -> b.mentions().size() - a.mentions().size());
    return 1 + order.indexOf(picture);
  }

  private static int imageRank(Entry caption, List<Entry> all, Random random) {
    List<Entry> order =
        new ArrayList<>(all.stream().filter(image -> fits(caption, image)).toList());
    Collections.shuffle(order, random);
    return 1 + order.indexOf(caption);
  }

  @Test
  void aPerfectReaderFindsNearlyEverythingAmong800() {
    long seed = 3;
    List<Entry> entries =
        Catalogue.of(new DemoSpec(820, seed)).stream()
            .map(name -> Picture.of(name, seed))
            .filter(Picture::described)
            .map(
                picture ->
                    new Entry(
                        picture.name().toString(),
                        picture.seen(),
                        picture.caption(seed).mentions()))
            .toList();
    Recalls recalls = Attainable.of(entries).recall(entries.stream().map(Entry::file).toList());
    assertThat(recalls.imageToText().at10()).isBetween(0.99, 1.0);
    assertThat(recalls.textToImage().at10()).isBetween(0.98, 1.0);
  }

  @Test
  void comesBackFromItsFile() {
    DemoGenerator.draw(folder, new DemoSpec(20, 9, 40), 1, Progress.NONE);
    Attainable read = Attainable.read(folder).orElseThrow();
    List<Picture> pictures =
        Catalogue.of(new DemoSpec(20, 9, 40)).stream().map(name -> Picture.of(name, 9)).toList();
    List<String> files = pictures.stream().map(picture -> picture.name().toString()).toList();
    Attainable fresh =
        Attainable.of(
            pictures.stream()
                .filter(Picture::described)
                .map(p -> new Entry(p.name().toString(), p.seen(), p.caption(9).mentions()))
                .toList());
    assertThat(read.recall(files)).isEqualTo(fresh.recall(files));
    assertThat(Attainable.read(folder.resolve("images"))).isEmpty();
  }
}
