package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.DataConfig.TableColumns;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.ItemCounts;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Split;

class TableSourceTest {

  @TempDir Path root;
  private Path table;

  @BeforeEach
  void makePictures() throws IOException {
    table = root.resolve("table.csv");
    Files.createDirectories(root.resolve("pics"));
    for (String name : List.of("a.jpg", "b.jpg", "c.png", "d.jpg")) {
      Files.write(root.resolve("pics").resolve(name), new byte[0]);
    }
  }

  @Test
  void readsEveryColumn() throws IOException {
    write(
        """
        image,caption,category,attributes,item,split
        pics/b.jpg,"A red, ""warm"" hat",hat,red|wool,7,test
        pics/a.jpg,A blue bag,bag, blue ,,train
        pics/c.png,A thing,,,7,Val
        """);
    Dataset data = load(SplitRule.GIVEN);
    assertThat(data.name()).isEqualTo("table.csv");
    assertThat(data.problems()).isEmpty();
    assertThat(data.scheme().name()).isEqualTo("custom");
    assertThat(data.scheme().categories()).containsExactly("bag", "hat");
    assertThat(data.scheme().attributes()).containsExactly("blue", "red", "wool");
    assertThat(data.examples())
        .extracting(Example::id, Example::caption, Example::category, Example::item, Example::split)
        .containsExactly(
            tuple("pics/a.jpg", "A blue bag", 0, "pics/a.jpg", Split.TRAIN),
            tuple("pics/b.jpg", "A red, \"warm\" hat", 1, "7", Split.TEST),
            tuple("pics/c.png", "A thing", -1, "7", Split.VALIDATION));
    assertThat(data.examples())
        .extracting(Example::attributes)
        .containsExactly(new byte[] {1, 0, 0}, new byte[] {0, 1, 1}, new byte[] {-1, -1, -1});
    assertThat(data.examples().get(0).picture().file()).isEqualTo(root.resolve("pics/a.jpg"));
  }

  /** DeepFashion's names hold the product and the view. */
  @Test
  void theItemMayBeAPartOfItsCell() throws IOException {
    write(
        """
        image,name
        pics/a.jpg,WOMEN-Tees-id_00001687-02_2_side
        pics/b.jpg,WOMEN-Shirts-id_00001687-01_1_front
        pics/c.png,unnamed
        pics/d.jpg,
        """);
    TableColumns group = columns("item=name", "item_pattern=id_(\\d+)");
    Dataset data = Sources.open(DataConfigs.csv(table, group)).load();
    assertThat(data.examples())
        .extracting(Example::item)
        .containsExactly("00001687", "00001687", "unnamed", "pics/d.jpg");
    assertThat(data.problems()).singleElement().matches(problem -> problem.line() == 4);
    assertThat(data.problems().get(0).message()).contains("item_pattern", "unnamed");
    TableColumns whole = columns("item=name", "item_pattern=id_\\d+");
    assertThat(Sources.open(DataConfigs.csv(table, whole)).load().examples().get(0).item())
        .isEqualTo("id_00001687");
    assertThatThrownBy(
            () -> Sources.open(DataConfigs.csv(table, columns("item_pattern=id"))).load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.columns.item");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void findsTheSeparator(String separator) throws IOException {
    String text =
        "\ufeffimage|caption|category\r\npics/a.jpg|Caf\u00e9 bag|bag\r\n".replace("|", separator);
    write(text);
    Example example = load(SplitRule.ITEM).examples().get(0);
    assertThat(example.caption()).isEqualTo("Caf\u00e9 bag");
    assertThat(example.category()).isZero();
    assertThat(example.attributes()).isEmpty();
  }

  @Test
  void columnsHaveTheNamesOfTheConfiguration() throws IOException {
    write("Datei;Text;Art\npics\\a.jpg;Eine Tasche;Tasche\n");
    TableColumns columns = columns("image=datei", "caption=Text", "category=art");
    Dataset data = Sources.open(DataConfigs.csv(root, columns)).load();
    assertThat(data.examples()).extracting(Example::caption).containsExactly("Eine Tasche");
    assertThat(data.examples()).extracting(Example::id).containsExactly("pics/a.jpg");
    assertThat(data.problems()).isEmpty();
  }

  @Test
  void namesEveryBadRowByItsLine() throws IOException {
    write(
        """
        image,caption,split

        pics/a.jpg,"two
        lines",train
        pics/b.jpg,fine
        ,nothing,train
        pics/none.jpg,missing,train
        pics/a.jpg,again,train
        pics/c.png,"broken" quote,train
        pics/b.jpg,side,holdout
        pics/c.png,,test
        pics/d.jpg,"never closed,train
        """);
    Dataset data = load(SplitRule.GIVEN);
    assertThat(data.problems())
        .extracting(p -> p.line() + " " + p.kind())
        .containsExactly(
            "5 BAD_LINE",
            "6 BAD_LINE",
            "7 MISSING_IMAGE",
            "9 BAD_LINE",
            "10 UNKNOWN_CODE",
            "11 BLANK_CAPTION",
            "12 BAD_LINE");
    assertThat(data.problems()).extracting(Problem::file).containsOnly(table);
    assertThat(data.examples()).extracting(Example::id).containsExactly("pics/a.jpg", "pics/c.png");
    assertThat(data.examples().get(0).captions()).containsExactly("two lines", "again");
  }

  @Test
  void anUnclosedQuoteLosesOneRowOnly() throws IOException {
    write("image,caption\npics/a.jpg,\"open\npics/b.jpg,\"fine\"\npics/c.png,plain\n");
    Dataset data = load(SplitRule.ITEM);
    assertThat(data.problems()).extracting(Problem::line).containsExactly(2);
    assertThat(data.examples()).extracting(Example::id).containsExactly("pics/b.jpg", "pics/c.png");
  }

  @Test
  void rowInAnotherEncodingIsNamed() throws IOException {
    Files.write(
        table,
        "image,caption\npics/a.jpg,plain\npics/b.jpg,Caf\u00e9\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    Dataset data = load(SplitRule.ITEM);
    assertThat(data.problems()).extracting(Problem::line).containsExactly(3);
    assertThat(data.problems().get(0).message()).contains("UTF-8");
    assertThat(data.examples()).hasSize(1);
  }

  @Test
  void unusedColumnsAreNoted() throws IOException {
    write("image,price,split\npics/a.jpg,3,train\n");
    assertThat(load(SplitRule.ITEM).problems())
        .allMatch(problem -> problem.kind() == Kind.UNUSED && problem.line() == 1)
        .extracting(Problem::message)
        .satisfiesExactly(
            message -> assertThat(message).contains("'split'"),
            message -> assertThat(message).contains("price"));
  }

  @Test
  void aColumnThatIsNamedMustExist() throws IOException {
    write("image,caption,sku\npics/a.jpg,bag,1\n");
    TableColumns columns = columns("item=sku_id");
    assertThatThrownBy(() -> Sources.open(DataConfigs.csv(root, columns)).load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'sku_id' (data.columns.item)");
    TableColumns near = columns("caption=captoin");
    assertThatThrownBy(() -> Sources.open(DataConfigs.csv(root, near)).load())
        .hasMessageContaining("did you mean caption?");
    TableColumns split = columns("split=fold");
    assertThatThrownBy(() -> Sources.open(DataConfigs.csv(root, split)).load())
        .hasMessageContaining("data.columns.split");
  }

  @Test
  void autoTakesTheSplitsOfTheTable() throws IOException {
    write(
        """
        image,caption,split
        pics/a.jpg,x,train
        pics/b.jpg,x,Valid
        pics/c.png,x,dev
        pics/d.jpg,x,test
        """);
    Dataset data = load(SplitRule.AUTO);
    assertThat(data.problems()).isEmpty();
    assertThat(data.examples())
        .extracting(Example::split)
        .containsExactly(Split.TRAIN, Split.VALIDATION, Split.VALIDATION, Split.TEST);
    write("image,caption,split\npics/a.jpg,x,train\npics/b.jpg,x,eval\n");
    Dataset untested = load(SplitRule.AUTO);
    assertThat(untested.has(Split.VALIDATION)).isTrue();
    assertThat(untested.has(Split.TEST)).isFalse();
  }

  @Test
  void autoKeepsItemsTogetherWhereTheyAreNamed() throws IOException {
    write("image,item\npics/a.jpg,1\npics/b.jpg,1\npics/c.png,2\npics/d.jpg,2\n");
    Dataset items = load(SplitRule.AUTO);
    assertThat(items.itemsKnown()).isTrue();
    assertThat(items.items().shared()).isZero();
    write("image\npics/a.jpg\npics/b.jpg\npics/c.png\npics/d.jpg\n");
    Dataset pictures = load(SplitRule.AUTO);
    assertThat(pictures.itemsKnown()).isFalse();
    assertThat(pictures.summary()).contains("items unknown");
    assertThat(pictures.fingerprint()).isEqualTo(load(SplitRule.RANDOM).fingerprint());
  }

  @Test
  void rowsThatAreSkippedCountAgainstTheLimit() throws IOException {
    StringBuilder rows = new StringBuilder("image,caption\n");
    for (int i = 0; i < 48; i++) {
      rows.append("pics/missing").append(i).append(".jpg,x\n");
    }
    write(rows + "pics/a.jpg,x\npics/b.jpg,x\npics/c.png,x\npics/a.jpg,again\n");
    Dataset data = load(SplitRule.AUTO);
    assertThat(data.skipped()).hasSize(48);
    assertThatThrownBy(() -> data.requireWithin(0.5))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("48 of 51")
        .hasMessageContaining("missing0.jpg")
        .hasMessageContaining("missing2.jpg")
        .hasMessageNotContaining("missing3.jpg")
        .hasMessageContaining("data.max_broken");
    data.requireWithin(0.95);
  }

  @Test
  void aMovedDataSetHasTheSameFingerprint(@TempDir Path elsewhere) throws IOException {
    write("image,caption\n%s,x\npics/b.jpg,y\n".formatted(root.resolve("pics/a.jpg")));
    Dataset here = load(SplitRule.RANDOM);
    Path moved = elsewhere.resolve("moved");
    Files.createDirectories(moved);
    Files.move(root.resolve("pics"), moved.resolve("pics"));
    Files.writeString(
        moved.resolve("table.csv"),
        "image,caption\n%s,x\npics/b.jpg,y\n".formatted(moved.resolve("pics/a.jpg")));
    Dataset there = Sources.open(DataConfigs.csv(moved, SplitRule.RANDOM)).load();
    assertThat(there.fingerprint()).isEqualTo(here.fingerprint());
  }

  @Test
  void splitByItemKeepsItemsTogether() throws IOException {
    write("image,item\npics/a.jpg,1\npics/b.jpg,1\npics/c.png,2\npics/d.jpg,2\n");
    ItemCounts items = load(SplitRule.ITEM).items();
    assertThat(items.items()).isEqualTo(2);
    assertThat(items.shared()).isZero();
  }

  @Test
  void whatCannotBeReadIsSaidInOneLine() throws IOException {
    assertThatThrownBy(() -> load(SplitRule.ITEM)).hasMessageContaining("no table");
    write("");
    assertThatThrownBy(() -> load(SplitRule.ITEM)).hasMessageContaining("table is empty");
    write("\"image,caption\n\"x\"y,z\n");
    assertThatThrownBy(() -> load(SplitRule.ITEM)).hasMessageContaining("header");
    write("place,words\npics/a.jpg,x\n");
    assertThatThrownBy(() -> load(SplitRule.ITEM))
        .isInstanceOf(UserError.class)
        .hasMessage(table + ": no column 'image' (data.columns.image); the table has place, words");
    write("image\npics/a.jpg\n");
    assertThatThrownBy(() -> load(SplitRule.GIVEN))
        .hasMessageContaining("no column 'split' (data.columns.split)");
    Files.writeString(root.resolve("second.tsv"), "image\n");
    assertThatThrownBy(() -> load(SplitRule.ITEM)).hasMessageContaining("several tables");
    assertThat(Sources.open(DataConfigs.csv(table, SplitRule.ITEM)).load().examples()).hasSize(1);
    assertThatThrownBy(
            () -> Sources.open(DataConfigs.csv(root.resolve("no.csv"), SplitRule.ITEM)).load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such table");
  }

  private static TableColumns columns(String... sets) {
    return Binder.of(TableColumns.class, sets);
  }

  private void write(String text) throws IOException {
    Files.writeString(table, text);
  }

  private Dataset load(SplitRule rule) {
    return Sources.open(DataConfigs.csv(root, rule)).load();
  }
}
