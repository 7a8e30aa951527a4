package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.ProjectFolder;

/** Tables as people have them, given to {@code train} and {@code data stats} from outside. */
class TableCommandTest {

  @TempDir private Path folder;
  private TinyProject project;
  private Path table;

  @BeforeEach
  void makeProject() throws IOException {
    project = new TinyProject(folder);
    System.setProperty(ProjectFolder.PROPERTY, project.home().toString());
    table = project.home().resolve("Größe 👗/table.csv");
  }

  @AfterEach
  void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  @Test
  void anotherEncodingIsNamedBeforeAnythingIsTrained() throws IOException {
    String german = "image,caption\n" + "x.png,Kleid für den Sommer\n".repeat(20);
    Files.write(table, german.getBytes(Charset.forName("windows-1252")));
    refuses(table, "windows-1252", "data.encoding");
  }

  @Test
  void aSpreadsheetIsCalledSo() throws IOException {
    Path sheet = table.resolveSibling("products.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(sheet))) {
      zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
    }
    refuses(sheet, "products.xlsx", "Excel", "CSV");
  }

  @Test
  void picturesThatAreNowhereAreCounted() throws IOException {
    Files.writeString(
        table, Files.readString(table).replaceAll("(?m)^([^,\n]+\\.png)", "https://cdn/$1"));
    refuses(table, "0 of 30 pictures", "https://cdn/", "download");
  }

  @Test
  void whatIsWrongWithTheHeaderIsSaid() throws IOException {
    String text = Files.readString(table);
    Files.writeString(
        table, text.replaceFirst("\n", ",caption\n").replaceAll("(?m)(png,.*)$", "$1,x"));
    refuses(table, "table.csv:1", "'caption'", "twice");
    Files.writeString(table, text.substring(text.indexOf('\n') + 1));
    refuses(table, "table.csv:1", "header");
  }

  @Test
  void tablesForEachSplitAreCounted() throws IOException {
    String text = Files.readString(table);
    String header = text.substring(0, text.indexOf('\n') + 1);
    int half = text.indexOf('\n', text.length() / 2) + 1;
    Files.delete(table);
    Files.writeString(table.resolveSibling("shop_train.csv"), text.substring(0, half));
    Files.writeString(table.resolveSibling("shop_test.csv"), header + text.substring(half));
    Executed counted =
        Executed.run("visionfashion", "data", "stats", "--root", table.getParent().toString());
    assertThat(counted.exit()).as(counted.err()).isZero();
    assertThat(counted.out()).contains("train", "test");
  }

  private void refuses(Path root, String... words) {
    Executed executed =
        Executed.run(
            "train",
            "contrastive",
            "--config",
            project.config().toString(),
            "--set",
            "data.root=" + root);
    assertThat(executed.exit()).as(executed.err()).isEqualTo(2);
    assertThat(executed.err()).hasLineCount(1).contains(words);
    assertThat(project.home().resolve("checkpoints/tiny/contrastive")).doesNotExist();
  }
}
