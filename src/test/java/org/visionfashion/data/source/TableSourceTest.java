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
import org.junit.jupiter.params.provider.CsvSource;
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
        .hasMessageContaining("no such file");
  }

  @Test
  void aColumnThatIsThereTwiceIsAnError() throws IOException {
    write("image,caption,price,Caption,price\npics/a.jpg,x,1,y,2\n");
    assertThatThrownBy(() -> load(SplitRule.ITEM))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("table.csv:1")
        .hasMessageContaining("'caption'")
        .hasMessageContaining("2 and 4");
    TableColumns exact = columns("caption=Caption");
    assertThat(captions(Sources.open(DataConfigs.csv(root, exact)).load())).containsExactly("y");
    write("image,caption,price,price\npics/a.jpg,x,1,2\n");
    assertThat(load(SplitRule.ITEM).examples()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '/',
      value = {
        "filepath\ttitle/filepath/title", // open_clip
        "file_name,text/file_name/text", // Hugging Face
        "Image Path,Description/Image Path/Description",
        "productDisplayName,filename/filename/productDisplayName"
      })
  void namesOfOtherExportsAreUnderstood(String header, String image, String caption)
      throws IOException {
    String separator = header.contains("\t") ? "\t" : ",";
    List<String> cells =
        java.util.Arrays.stream(header.split(separator))
            .map(name -> name.equals(image) ? "pics/a.jpg" : "words")
            .toList();
    write(header + "\n" + String.join(separator, cells) + "\n");
    assertThat(captions(load(SplitRule.ITEM))).containsExactly("words");
    assertThat(List.of(header.split(separator))).contains(image, caption);
  }

  @Test
  void ofSeveralNamesNoneIsTaken() throws IOException {
    write("image,title,description,category1,category2\npics/a.jpg,x,y,a,b\n");
    Dataset data = load(SplitRule.ITEM);
    assertThat(data.examples().get(0).captions()).isEmpty();
    assertThat(data.scheme().categories()).isEmpty();
    assertThat(
            captions(
                Sources.open(DataConfigs.csv(root, columns("caption=[title, description]")))
                    .load()))
        .containsExactly("x", "y");
    write("img,path,caption\npics/a.jpg,x,y\n");
    assertThatThrownBy(() -> load(SplitRule.ITEM)).isInstanceOf(UserError.class);
  }

  @Test
  void aRowInPlaceOfAHeaderIsNoticed() throws IOException {
    write("pics/a.jpg,A blue bag\npics/b.jpg,A hat\n");
    assertThatThrownBy(() -> load(SplitRule.ITEM))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("header")
        .hasMessageContaining("pics/a.jpg");
  }

  @Test
  void indexColumnsOfOtherProgramsDoNotMatter() throws IOException {
    write("Unnamed: 0,,image,caption\n0,0,pics/a.jpg,x\n");
    assertThat(captions(load(SplitRule.ITEM))).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "NaN", "N/A", "None", "NULL", "null", "-", "empty", "<NA>"})
  void valuesThatMeanNothingAreMissing(String nothing) throws IOException {
    write(
        """
        image,caption,category,attributes,item
        pics/a.jpg,@,@,red|@,@
        pics/b.jpg,@,bag,@,@
        pics/c.png,A bag,hat,red,7
        """
            .replace("@", nothing));
    Dataset data = load(SplitRule.ITEM);
    assertThat(data.scheme().categories()).containsExactly("bag", "hat");
    assertThat(data.scheme().attributes()).containsExactly("red");
    assertThat(data.examples()).extracting(Example::hasCaption).containsExactly(false, false, true);
    assertThat(data.examples())
        .extracting(Example::item)
        .containsExactly("pics/a.jpg", "pics/b.jpg", "7");
    assertThat(data.examples().get(1).attributes()).containsExactly(-1);
    assertThat(suspicions(data))
        .anySatisfy(
            line -> assertThat(line).contains("captions '" + nothing + "' (2)", "data.missing"))
        .anySatisfy(line -> assertThat(line).contains("categories '", "(1)"))
        .anySatisfy(line -> assertThat(line).contains("attributes '", "(2)"))
        .anySatisfy(line -> assertThat(line).contains("items '", "(2)"));
    Dataset all = load("missing=[]");
    assertThat(all.examples()).allMatch(Example::hasCaption);
    assertThat(all.scheme().categories()).contains(nothing);
    assertThat(suspicions(all)).isEmpty();
  }

  @Test
  void labelsThatDifferInCaseAreNamedAndCanBeOne() throws IOException {
    write(
        """
        image,caption,category,attributes
        pics/a.jpg,x,Dress,Red
        pics/b.jpg,x,dress,red
        pics/c.png,x,Hat,wool
        """);
    Dataset apart = load(SplitRule.ITEM);
    assertThat(apart.scheme().categories()).containsExactly("Dress", "Hat", "dress");
    assertThat(suspicions(apart))
        .anySatisfy(line -> assertThat(line).contains("Dress/dress", "data.fold_case"))
        .anySatisfy(line -> assertThat(line).contains("Red/red"));
    Dataset folded = load("fold_case=true");
    assertThat(folded.scheme().categories()).containsExactly("dress", "hat");
    assertThat(folded.scheme().attributes()).containsExactly("red", "wool");
    assertThat(suspicions(folded)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {", ", "; ", "/"})
  void anotherSeparatorIsNoticedAndCanBeSet(String separator) throws IOException {
    write(
        "image\tattributes\npics/a.jpg\tred@wool\npics/b.jpg\tblue@wool\npics/c.png\tred\n"
            .replace("@", separator));
    Dataset whole = load(SplitRule.ITEM);
    assertThat(whole.scheme().attributes()).hasSize(3);
    String named = separator.strip();
    assertThat(suspicions(whole))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("data.columns.separator: '" + named + "'"));
    assertThat(load("columns.separator=" + named).scheme().attributes())
        .containsExactly("blue", "red", "wool");
  }

  @Test
  void listsInCellsAreLists() throws IOException {
    write(
        """
        image;caption;attributes
        pics/a.jpg;['A r\\u0065d hat', "a wool cap"];["red", "wool, fine"]
        pics/b.jpg;[New] bag;['blue']
        pics/c.png;[];[]
        """);
    Dataset data = load(SplitRule.ITEM);
    assertThat(data.examples().get(0).captions()).containsExactly("A red hat", "a wool cap");
    assertThat(data.examples().get(1).captions()).containsExactly("[New] bag");
    assertThat(data.examples().get(2).captions()).isEmpty();
    assertThat(data.scheme().attributes()).containsExactly("blue", "red", "wool, fine");
  }

  @Test
  void captionsAreCleanedOnRequest() throws IOException {
    write("image,caption\npics/a.jpg,<p>Robe d&eacute;t&eacute; &amp;amp; top</p> only $19.99\n");
    assertThat(captions(load(SplitRule.ITEM)).get(0)).contains("&eacute;").contains("<p>");
    assertThat(captions(load("clean_captions=true"))).containsExactly("Robe d\u00e9t\u00e9 & top");
  }

  @Test
  void oneCategoryIsNoted() throws IOException {
    write("image,category\npics/a.jpg,hat\npics/b.jpg,hat\n");
    assertThat(suspicions(load(SplitRule.ITEM)))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("'hat'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://cdn.shop.com/pics/a.jpg nothing",
        "s3://bucket/x.jpg nothing",
        "C:\\Users\\me\\pics\\a.jpg 'C:/Users/me/'",
        "D:/none.jpg another",
        "/mnt/disk/pics/a.jpg '/mnt/disk/'",
        "pics/A.JPG case",
        "PICS/a.jpg case",
        "pics/a pics/a.jpg",
        "a.jpg 'pics/{}'",
        "a 'pics/{}.jpg'",
        "pics/c.jpg c.png",
        "data/pics/a.jpg 'data/'",
        "pics/%61.jpg pics/a.jpg",
        "zzz.jpg no"
      })
  void picturesThatAreNowhereAreExplained(String path, String hint) throws IOException {
    write("image,caption\n%1$s,x\n%1$s,y\n".formatted(path));
    assertThatThrownBy(() -> load(SplitRule.ITEM))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(table.toString())
        .hasMessageContaining("0 of 2 pictures")
        .hasMessageContaining("line 2")
        .hasMessageContaining(hint)
        .hasMessageNotContaining("\n");
  }

  @Test
  void pathsAreMadeOfCells() throws IOException {
    write("image,caption\na,x\nb,y\n");
    Dataset data = load("columns.path=pics/{}.jpg");
    assertThat(data.examples()).extracting(Example::id).containsExactly("pics/a.jpg", "pics/b.jpg");
  }

  @Test
  void severalRowsOfAPictureAreOneExample() throws IOException {
    write(
        """
        image,caption,category,item,split
        pics/a.jpg,one,hat,,train
        ./pics/a.jpg,two,,7,train
        pics/a.jpg,one,hat,7,train
        pics/a.jpg,three,bag,8,test
        """);
    Dataset data = load(SplitRule.GIVEN);
    assertThat(data.examples()).hasSize(1);
    assertThat(data.examples().get(0).captions()).containsExactly("one", "two", "three");
    assertThat(data.examples().get(0).item()).isEqualTo("7");
    assertThat(data.skipped()).isEmpty();
    assertThat(data.problems())
        .filteredOn(problem -> problem.kind() != Kind.SUSPICIOUS)
        .extracting(Problem::line, Problem::kind)
        .containsExactly(tuple(4, Kind.REPETITION), tuple(5, Kind.CONTRADICTION));
    assertThat(data.problems())
        .anySatisfy(problem -> assertThat(problem.message()).contains("category, item, split"));
  }

  @Test
  void separatorsAtTheEndOfRowsAreNoCells() throws IOException {
    write("image;\"caption, long\"\npics/a.jpg;x;;\npics/b.jpg;y;\npics/c.png;z;w\n");
    Dataset data = Sources.open(DataConfigs.csv(root, columns("caption=caption, long"))).load();
    assertThat(data.examples()).extracting(Example::caption).containsExactly("x", "y");
    assertThat(data.problems()).extracting(Problem::line).containsExactly(4);
  }

  @Test
  void aPictureThatMeansNothingIsNotLookedFor() throws IOException {
    write("image,caption\nnan,x\npics/a.jpg,y\n");
    assertThat(load(SplitRule.ITEM).problems())
        .extracting(Problem::kind)
        .containsExactly(Kind.BAD_LINE);
  }

  /** The same examples, whatever the format of the table. */
  @Test
  void jsonLinesGiveTheSameFingerprint() throws IOException {
    write(
        """
        image,caption,category,attributes,item,split
        pics/a.jpg,A blue bag,bag,blue|leather,7,train
        pics/b.jpg,,hat,,,test
        pics/a.jpg,"A ""bag""\",bag,leather|blue,7,train
        """);
    Dataset csv = load(SplitRule.GIVEN);
    Path lines = root.resolve("table.jsonl");
    Files.writeString(
        lines,
        """
        {"item": 7, "image": "pics/a.jpg", "caption": ["A blue bag", "A \\"bag\\""], "category": "bag", "attributes": ["leather", "blue"], "split": "train"}
        {"image": {"path": "pics/b.jpg", "bytes": null}, "caption": null, "category": "hat", "split": "test"}
        """);
    Dataset json = Sources.open(Binder.with(DataConfigs.auto(lines), "split=given")).load();
    assertThat(json.fingerprint()).isEqualTo(csv.fingerprint());
    assertThat(json.examples().get(0).captions()).containsExactly("A blue bag", "A \"bag\"");
  }

  private static List<String> captions(Dataset data) {
    return data.examples().get(0).captions();
  }

  private static List<String> suspicions(Dataset data) {
    return data.problems().stream()
        .filter(problem -> problem.kind() == Kind.SUSPICIOUS)
        .map(Problem::message)
        .toList();
  }

  private Dataset load(String... sets) {
    return Sources.open(Binder.with(DataConfigs.csv(root, SplitRule.ITEM), sets)).load();
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
