package org.visionfashion.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.DataRoot;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.FilePicture;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.data.Picture;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;
import org.visionfashion.data.source.DataConfigs;
import org.visionfashion.data.source.Sources;

class CleanedTableTest {

  @TempDir private Path folder;
  private Path table;

  /** Eleven rows: four copies, a broken picture, six captions to clean or remove. */
  @BeforeEach
  void writeData() throws IOException {
    table = folder.resolve("shop/products.csv");
    for (int i = 0; i < 8; i++) {
      TestPictures.png(TestPictures.picture(i), folder.resolve("shop/p/" + i + ".png"));
    }
    Files.copy(folder.resolve("shop/p/0.png"), folder.resolve("shop/p/0b.png"));
    Files.copy(folder.resolve("shop/p/6.png"), folder.resolve("shop/p/6b.png"));
    TestPictures.jpeg(TestPictures.picture(7), 0.6, folder.resolve("shop/p/7b.jpg"));
    Files.writeString(folder.resolve("shop/p/broken.png"), "no picture");
    Files.writeString(
        table,
        """
        image,caption,category,attributes,item,split
        p/0.png,a red dress,dress,red|long,A,train
        p/0b.png,the same,dress,red,A,train
        p/1.png,undefined,dress,blue,B,train
        p/2.png,GrÃ¶ÃŸe &amp; <b>Farbe</b>,hat,blue,C,train
        p/3.png,"a ""good"" hat, new",,,D,train
        p/4.png,,hat,red,E,validation
        p/5.png,No description,hat,red,,validation
        p/6.png,a hat,hat,red,F,test
        p/6b.png,a hat in train,hat,red,G,train
        p/7.png,a cap,hat,red,H,test
        p/7b.jpg,a cap in train,hat,red,I,train
        p/broken.png,a broken hat,hat,red,J,train
        """);
  }

  @Test
  void theCleanedTablePassesWithFewerFindings() throws IOException {
    Dataset before = read(table);
    VerificationReport found = verify(before).report(40);
    assertThat(found.broken()).isTrue();
    assertThat(found.count(Severity.SUSPICION)).as(found.text(100, true)).isEqualTo(7);
    Path out = folder.resolve("shop/clean.csv");
    CleanedTable.Result result = fix(before, out);
    assertThat(result.pictures()).isEqualTo(8);
    assertThat(result.rows()).isEqualTo(8);
    assertThat(result.unreadable()).isEqualTo(1);
    assertThat(result.copies()).isEqualTo(3);
    assertThat(result.captionsRemoved()).isEqualTo(2);
    assertThat(result.captionsChanged()).isEqualTo(1);
    assertThat(result.outside()).isFalse();
    Dataset after = read(out);
    VerificationReport left = verify(after).report(40);
    assertThat(left.broken()).isFalse();
    assertThat(left.count(Severity.SUSPICION)).isZero();
    assertThat(after.examples())
        .extracting(Example::id)
        .containsExactly(
            "p/0.png", "p/1.png", "p/2.png", "p/3.png", "p/4.png", "p/5.png", "p/6.png", "p/7.png");
    assertThat(after.examples())
        .extracting(Example::caption)
        .containsExactly(
            "a red dress", "", "Größe & Farbe", "a \"good\" hat, new", "", "", "a hat", "a cap");
    assertThat(after.scheme()).isEqualTo(before.scheme());
    for (Example example : after.examples()) {
      Example same =
          before.examples().stream()
              .filter(each -> each.id().equals(example.id()))
              .findFirst()
              .get();
      assertThat(example.category()).isEqualTo(same.category());
      assertThat(example.attributes()).isEqualTo(same.attributes());
      assertThat(example.item()).isEqualTo(same.item());
      assertThat(example.split()).isEqualTo(same.split());
    }
    assertThat(Files.readAllLines(result.changes()))
        .hasSize(8)
        .anyMatch(line -> line.startsWith("p/broken.png: ") && line.contains("unreadable"))
        .anyMatch(line -> line.startsWith("p/6b.png: ") && line.contains("p/6.png (test)"))
        .anyMatch(line -> line.startsWith("p/0b.png: ") && line.contains("p/0.png (train)"))
        .anyMatch(line -> line.startsWith("p/1.png: ") && line.contains("undefined"));
  }

  @Test
  void severalCaptionsAreSeveralRows() throws IOException {
    Files.writeString(
        table,
        """
        image,caption
        p/0.png,a red dress
        p/0.png,<i>long</i>
        p/1.png,blue
        """);
    Path out = folder.resolve("elsewhere/clean.csv");
    CleanedTable.Result result = fix(read(table), out);
    assertThat(result.pictures()).isEqualTo(2);
    assertThat(result.rows()).isEqualTo(3);
    assertThat(result.outside()).isTrue();
    assertThat(Files.readAllLines(out)).element(0).isEqualTo("image,caption,split");
    assertThat(Files.readString(out)).contains("../shop/p/0.png,long,");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path clean = folder.resolve("clean.csv");
    Files.writeString(clean, "mine");
    refused(clean, "exists");
    refused(table, "exists");
    refused(folder.resolve("captions.json"), ".csv");
    Files.writeString(folder.resolve("other.csv.changes.txt"), "mine");
    refused(folder.resolve("other.csv"), "exists");
    assertThat(clean).hasContent("mine");
    DataRoot root = DataRoot.at(folder.resolve("shop/p"));
    assertThatThrownBy(() -> CleanedTable.at(folder.resolve("shop/p/x/new.csv"), read(table), root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder.resolve("shop/new.csv").toString());
  }

  private void refused(Path place, String why) {
    assertThatThrownBy(() -> CleanedTable.at(place, read(table), DataRoot.at(table)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(why);
  }

  @Test
  void picturesInContainersHaveNoPath() {
    Picture member =
        new Picture() {
          @Override
          public Path file() {
            return folder.resolve("a.tar");
          }

          @Override
          public String member() {
            return "0001.jpg";
          }

          @Override
          public byte[] read(LimitsConfig limits) {
            return new byte[0];
          }
        };
    Dataset dataset =
        new Dataset(
            "test",
            folder,
            LabelSchemes.custom(List.of(), List.of()),
            List.of(
                example("a", new FilePicture(folder.resolve("shop/p/0.png"))),
                example("b", member)),
            List.of());
    assertThatThrownBy(
            () -> CleanedTable.at(folder.resolve("new.csv"), dataset, DataRoot.at(table)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.tar: 0001.jpg");
  }

  private static Example example(String id, Picture picture) {
    return new Example(id, picture, List.of(), Example.UNKNOWN, new byte[0], id, Split.TRAIN);
  }

  private static CleanedTable.Result fix(Dataset dataset, Path out) {
    return CleanedTable.at(out, dataset, DataRoot.at(dataset.root())).write(verify(dataset));
  }

  private static Dataset read(Path file) {
    DataConfig config = DataConfigs.csv(file, SplitRule.AUTO);
    return Sources.open(config).load();
  }

  private static Verification verify(Dataset dataset) {
    return Verification.of(dataset, LimitsConfig.DEFAULT, 2, task -> Progress.NONE);
  }
}
