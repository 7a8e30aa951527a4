package org.visionfashion.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.FileName;
import org.visionfashion.data.FileName.View;
import org.visionfashion.data.Progress;

class DemoGeneratorTest {

  private static final String NAME =
      "^(MEN|WOMEN)-([A-Za-z_]+)-id_(\\d{8})-(\\d{2})_([123467])_"
          + "(front|side|back|full|flat|additional)\\.jpg$";

  @TempDir Path folder;

  @Test
  void hasTheLayoutOfTheRealSet() throws IOException {
    DemoSpec spec = new DemoSpec(60, 5, 64);
    List<String> calls = new ArrayList<>();
    DemoGenerator.draw(folder, spec, 2, (done, total) -> calls.add(done + "/" + total));

    assertThat(calls).hasSize(60).endsWith("60/60");
    List<String> images = names(folder.resolve("images"));
    assertThat(images).hasSize(60).allMatch(name -> name.matches(NAME));
    List<String> fabric = Files.readAllLines(folder.resolve("labels/texture/fabric_ann.txt"));
    List<String> pattern = Files.readAllLines(folder.resolve("labels/texture/pattern_ann.txt"));
    List<String> shape = Files.readAllLines(folder.resolve("labels/shape/shape_anno_all.txt"));
    assertThat(fabric).isSorted().allMatch(line -> line.matches("\\S+\\.jpg( [0-7]){3}"));
    assertThat(pattern).isSorted().allMatch(line -> line.matches("\\S+\\.jpg( [0-7]){3}"));
    assertThat(shape)
        .isSorted()
        .allMatch(
            line ->
                line.matches(
                    "\\S+\\.jpg [0-5] [0-4] [0-3] [0-2] [0-4] [0-2] [0-2] [0-2] [0-4] [0-6] [0-2]"
                        + " [0-2]"));
    assertThat(fabric.stream().map(DemoGeneratorTest::name)).isEqualTo(images);
    assertThat(pattern.stream().map(DemoGeneratorTest::name)).isEqualTo(images);
    List<String> worn = images.stream().filter(name -> !name.contains("_flat")).toList();
    assertThat(shape.stream().map(DemoGeneratorTest::name)).isEqualTo(worn);
    JsonNode captions = new ObjectMapper().readTree(folder.resolve("captions.json").toFile());
    assertThat(captions.fieldNames()).toIterable().containsExactlyElementsOf(worn);
    BufferedImage image = ImageIO.read(folder.resolve("images").resolve(images.get(0)).toFile());
    assertThat(image.getWidth()).isEqualTo(64);
    assertThat(image.getHeight()).isEqualTo(94);
    assertThat(DemoGenerator.manifest(folder)).contains(spec);
    assertThat(Attainable.read(folder)).isPresent();
  }

  @Test
  void givesTheSameBytesOnAnyNumberOfThreads() throws IOException {
    DemoSpec spec = new DemoSpec(24, 7, 80);
    DemoGenerator.draw(folder.resolve("one"), spec, 1, Progress.NONE);
    DemoGenerator.draw(folder.resolve("three"), spec, 3, Progress.NONE);

    Map<String, byte[]> one = contents(folder.resolve("one"));
    Map<String, byte[]> three = contents(folder.resolve("three"));
    assertThat(one.keySet()).isEqualTo(three.keySet()).hasSize(24 + 6);
    one.forEach((file, bytes) -> assertThat(three.get(file)).as(file).isEqualTo(bytes));
  }

  @Test
  void goesOnWhereItWasCutOff() throws IOException {
    DemoSpec spec = new DemoSpec(12, 3, 48);
    assertThatThrownBy(
            () ->
                DemoGenerator.draw(
                    folder,
                    spec,
                    1,
                    (done, total) -> {
                      if (done == 5) {
                        throw new IllegalStateException("pulled the plug");
                      }
                    }))
        .hasMessage("pulled the plug");
    assertThat(DemoGenerator.isComplete(folder, spec)).isFalse();
    String kept = names(folder.resolve("images")).get(0);
    Path marked = folder.resolve("images").resolve(kept);
    Files.write(marked, new byte[] {1});

    DemoGenerator.draw(folder, spec, 1, Progress.NONE);

    assertThat(DemoGenerator.isComplete(folder, spec)).isTrue();
    assertThat(names(folder.resolve("images"))).hasSize(12);
    assertThat(Files.size(marked)).as("drawn before, so not drawn again").isEqualTo(1);
    assertThat(names(folder)).noneMatch(name -> name.contains("started"));
  }

  @Test
  void replacesAnotherDemoSetAndNothingElse() throws IOException {
    DemoGenerator.draw(folder, new DemoSpec(6, 1, 48), 1, Progress.NONE);
    DemoSpec other = new DemoSpec(4, 2, 48);
    DemoGenerator.draw(folder, other, 1, Progress.NONE);
    assertThat(names(folder.resolve("images"))).hasSize(4);
    assertThat(DemoGenerator.manifest(folder)).contains(other);

    Path mine = folder.resolve("mine");
    Files.createDirectories(mine.resolve("images"));
    Files.write(mine.resolve("images/holiday.jpg"), new byte[] {1});
    assertThatThrownBy(() -> DemoGenerator.draw(mine, other, 1, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("images");
    assertThat(mine.resolve("images/holiday.jpg")).exists();

    Path added = folder.resolve("images/holiday.jpg");
    Files.write(added, new byte[] {1});
    assertThatThrownBy(() -> DemoGenerator.draw(folder, new DemoSpec(5, 3, 48), 1, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holiday.jpg");
    assertThat(names(folder.resolve("images"))).hasSize(5);
  }

  @Test
  void aFolderOfTheUserStaysAsItIs() throws IOException {
    Path captions = folder.resolve("captions.json");
    Files.writeString(captions, "{}");
    assertThatThrownBy(() -> DemoGenerator.draw(folder, new DemoSpec(4, 1, 48), 1, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("captions.json");
    assertThat(names(folder)).containsExactly("captions.json");
    assertThat(captions).hasContent("{}");
  }

  @Test
  void aDrawingCutOffAtItsVeryStartIsResumed() throws IOException {
    Files.writeString(folder.resolve("demo.started.json.part"), "{");
    DemoGenerator.draw(folder, new DemoSpec(2, 1, 48), 1, Progress.NONE);
    assertThat(names(folder.resolve("images"))).hasSize(2);
  }

  @Test
  void drawsOnePictureForEveryLabelledName() throws IOException {
    Path given = folder.resolve("given");
    Path labels = given.resolve("labels/labels");
    Files.createDirectories(labels.resolve("shape"));
    Files.createDirectories(labels.resolve("texture"));
    String dress = "WOMEN-Dresses-id_00000011-01_1_front.jpg";
    String odd = "MEN-Denim-id_00000080-02_7_additional.jpg";
    String flat = "WOMEN-Leggings-id_00007970-01_6_flat.jpg";
    Files.writeString(
        labels.resolve("shape/shape_anno_all.txt"),
        odd + " 5 4 3 2 4 2 2 2 4 6 2 2\n" + dress + " 4 1 2 1 3 1 1 1 2 5 0 0\n");
    String texture = odd + " 7 7 7\n" + dress + " 0 4 6\n" + flat + " 7 1 7\n";
    Files.writeString(labels.resolve("texture/fabric_ann.txt"), texture);
    Files.writeString(labels.resolve("texture/pattern_ann.txt"), texture);
    String captions = "{\"" + dress + "\": \"Kept as it is.\"}";
    Files.writeString(given.resolve("captions.json"), captions);
    Path out = folder.resolve("out");

    DemoGenerator.drawLabels(given, out, 64, 2, Progress.NONE);

    assertThat(names(out.resolve("images"))).containsExactly(odd, dress, flat);
    assertThat(ImageIO.read(out.resolve("images").resolve(odd).toFile()).getWidth()).isEqualTo(64);
    assertThat(out.resolve("captions.json")).hasContent(captions);
    assertThat(out.resolve("labels/texture/fabric_ann.txt")).hasContent(texture);
    assertThat(Attainable.read(out)).as("these captions are not ours to judge").isEmpty();

    Files.delete(given.resolve("captions.json"));
    Path described = folder.resolve("described");
    DemoGenerator.drawLabels(labels, described, 64, 1, Progress.NONE);
    assertThat(Files.readString(described.resolve("captions.json"))).contains(dress);
    assertThat(Attainable.read(described)).isPresent();
  }

  @Test
  void namesWhatIsWrongWithLabelFiles() throws IOException {
    assertThatThrownBy(
            () -> DemoGenerator.drawLabels(folder, folder.resolve("o"), 64, 1, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no label files");
    Path file = folder.resolve("labels/texture/fabric_ann.txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "WOMEN-Dresses-id_00000011-01_1_front.jpg 0 9 7\n");
    assertThatThrownBy(
            () -> DemoGenerator.drawLabels(folder, folder.resolve("o"), 64, 1, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("fabric_ann.txt:1")
        .hasMessageContaining("'9'");
  }

  @Test
  void drawsEveryLabelOnEveryTypeAndView() {
    Illustrator illustrator = new Illustrator(40);
    int id = 0;
    for (Catalogue.Listing listing : Catalogue.listings()) {
      for (View view : View.values()) {
        id++;
        FileName name =
            new FileName(listing.gender(), listing.type().code(), "%08d".formatted(id), 1, view);
        Labels seen = Labels.nothing();
        for (FashionLabel group : FashionLabel.ALL) {
          seen = seen.with(group, (id * 7 + group.index()) % group.size());
        }
        Picture picture = Picture.showing(seen, name, 0);
        BufferedImage image = illustrator.draw(picture.outfit(), view, picture.scene());
        assertThat(image.getRGB(0, 0)).as("%s %s", name, seen).isNotEqualTo(0xFF000000);
      }
    }
    assertThat(id).isEqualTo(23 * 6);
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Map<String, byte[]> contents(Path root) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
