package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.data.parquet.Parquets;
import org.visionfashion.hub.FakeHub;

/** A data set of the Hub, laid out as Marqo's are, is trained on and evaluated. */
class HubDataTest {

  private static final int PICTURES = 30;

  @TempDir private Path folder;

  private static byte[] picture(int number) {
    BufferedImage image = new BufferedImage(8, 12, BufferedImage.TYPE_INT_RGB);
    image.setRGB(number % 8, number % 12, 0xff0000 + number);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** Two views of each product. */
  private byte[] parquet() throws IOException {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      String name = "WOMEN-Tees-id_%08d-01_%d_front".formatted(i / 2, i % 2);
      int number = i;
      rows.add(
          row -> {
            row.addGroup("image").append("bytes", Binary.fromConstantByteArray(picture(number)));
            row.append("category2", number % 3 == 0 ? "Tees" : "Jeans");
            row.append("text", "a tee number " + number);
            row.append("item_ID", name);
          });
    }
    String fields =
        Parquets.PICTURES
            + " optional binary category2 (STRING); optional binary text (STRING);"
            + " optional binary item_ID (STRING);";
    return Files.readAllBytes(Parquets.write(folder.resolve("data.parquet"), fields, rows));
  }

  private int train(TinyProject project, FakeHub hub, String offline, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", project.config().toString()));
    for (String set :
        List.of(
            "data.source=auto",
            "data.root=hf:datasets/owner/shop",
            "data.split=item",
            "data.columns.id=item_ID",
            "data.columns.caption=[text]",
            "data.columns.category=category2",
            "data.columns.item=item_ID",
            "data.columns.item_pattern=id_(\\d+)")) {
      all.addAll(List.of("--set", set));
    }
    Map<String, String> environment =
        Map.of(
            "HF_ENDPOINT", hub.address().toString(),
            "HF_HOME", folder.resolve("cache").toString(),
            "HF_HUB_OFFLINE", offline);
    Process process = project.train(environment, all.toArray(String[]::new));
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  @Test
  @Timeout(300)
  void trainingReadsWhatTheHubHas() throws Exception {
    TinyProject project = new TinyProject(folder.resolve("project"));
    try (FakeHub hub = new FakeHub()) {
      hub.holdsLarge("data/data-00000-of-00001.parquet", parquet());
      hub.holds(
          "README.md",
          "---\nconfigs:\n- data_files:\n  - {split: data, path: data/data-*}\n---\n# A shop\n");
      assertThat(train(project, hub, "0", "all")).as(project.output()).isZero();
      int asked = hub.asked("GET").size();
      assertThat(train(project, hub, "1", "contrastive", "--run", "again"))
          .as(project.output())
          .isZero();
      assertThat(hub.asked("GET")).hasSize(asked);
    }
    assertThat(project.output()).contains(FakeHub.COMMIT, "30 examples", "15 items, 0 shared");
    assertThat(Files.readString(project.run().resolve("config.yaml")))
        .contains("root: hf:datasets/owner/shop");
    assertThat(Files.readString(project.run().resolve("eval/test.json"))).contains("owner/shop");
    assertThat(folder.resolve("cache/hub/datasets--owner--shop/refs/main"))
        .hasContent(FakeHub.COMMIT);
  }
}
