package org.visionfashion.data.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.fuzz.Damage;
import org.visionfashion.fuzz.Fuzz;

/** Archives of GNU tar, bsdtar and commons-compress, whole, joined, cut off and damaged. */
public class TarReaderTest {

  private static final int LIMIT = 1 << 20;

  @TempDir private Path folder;
  private final List<Problem> problems = new ArrayList<>();

  /** Damaged archives. */
  public static Fuzz archives(Path folder) {
    Path file = folder.resolve("a.tar");
    return new Fuzz(
        "tar",
        List.of(
            Tars.written("gnu.tar"),
            Tars.written("bsd-pax.tar"),
            Tars.written("odd-pax.tar"),
            Tars.written("holes-gnu.tar"),
            Tars.written("deep-gnu.tar")),
        new Damage("ustar", "L", "x", "S", "\u0080", "7777777", "99999999 path=", "\0", "../", "5"),
        64,
        (bytes, label) -> {
          Files.write(file, bytes);
          List<Problem> problems = new ArrayList<>();
          try (TarReader reader = new TarReader(file, problems::add)) {
            boolean whole = true;
            for (TarMember member = reader.next(); member != null; member = reader.next()) {
              whole &= member.usable();
              if (member.usable()) {
                assertThat(reader.read(member, LIMIT, "limit"))
                    .as(label)
                    .hasSize((int) member.size());
              }
            }
            problems.forEach(each -> Fuzz.assertLine(each.toString(), file.toString(), label));
            return whole && problems.isEmpty();
          } catch (UserError e) {
            Fuzz.assertLine(e.getMessage(), file.toString(), label);
            return false;
          }
        });
  }

  @Test
  void damagedArchivesAreSurvived() throws IOException {
    assertThat(archives(folder).run(0, Fuzz.CASES)).isBetween(Fuzz.CASES / 10, Fuzz.CASES);
  }

  /** By the first bytes, or by the name. */
  private static String kind(String text) {
    return Stream.of("\u00FF\u00D8,jpg", "\u0089PNG,png", "{,json")
        .map(each -> each.split(","))
        .filter(each -> text.startsWith(each[0]) || text.endsWith("." + each[1]))
        .map(each -> each[1])
        .findFirst()
        .orElse("txt");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private List<TarMember> members(byte[] archive) throws IOException {
    problems.clear();
    List<TarMember> members = new ArrayList<>();
    Path file = Files.write(folder.resolve("a.tar"), archive);
    try (TarReader reader = new TarReader(file, problems::add)) {
      for (TarMember member = reader.next(); member != null; member = reader.next()) {
        members.add(member);
      }
    }
    return members;
  }

  private Map<String, String> read(byte[] archive) throws IOException {
    Map<String, String> contents = new LinkedHashMap<>();
    for (TarMember member : members(archive)) {
      if (member.usable()) {
        int from = (int) member.offset();
        contents.put(
            member.name(), text(Arrays.copyOfRange(archive, from, from + (int) member.size())));
      }
    }
    return contents;
  }

  @ParameterizedTest
  @CsvSource({
    "gnu.tar, 11", "pax.tar, 11", "ustar.tar, 3", "v7.tar, 2", "deep-gnu.tar, 1",
    "deep-pax.tar, 1", "bsd-pax.tar, 11", "bsd-gnu.tar, 11", "bsd-ustar.tar, 2", "bsd-deep.tar, 1"
  })
  void archivesOfOtherProgramsAreRead(String name, int members) throws IOException {
    Map<String, String> read = read(Tars.written(name));
    assertThat(problems).isEmpty();
    assertThat(read).hasSize(members);
    if (!name.contains("deep")) {
      assertThat(read)
          .containsEntry("train/000000000.txt", "A red cotton dress")
          .allSatisfy((member, text) -> assertThat(kind(text)).isEqualTo(kind(member)));
    }
  }

  @Test
  void namesLongerThanTheirFieldsAreWhole() throws IOException {
    String longest = "d".repeat(90) + "/";
    for (String archive : List.of("deep-gnu.tar", "deep-pax.tar", "bsd-deep.tar")) {
      assertThat(read(Tars.written(archive)))
          .containsExactly(Map.entry("deep/" + longest.repeat(3) + "0.txt", "deep\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void randomArchivesAreReadAsWritten(boolean gnu) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Tars tars = new Tars(gnu);
      Map<String, String> written = new LinkedHashMap<>();
      for (int i = 0; i < 20; i++) {
        byte[] content = new byte[random.nextInt(5) == 0 ? 20_000 : random.nextInt(1500)];
        random.nextBytes(content);
        String name = "k\u00E9y/" + "x".repeat(random.nextInt(300)) + i + ".jpg";
        tars.add(name, content);
        written.put(name, text(content));
      }
      assertThat(read(tars.bytes())).as("seed %d", seed).containsExactlyEntriesOf(written);
      assertThat(problems).as("seed %d", seed).isEmpty();
    }
  }

  /** One behind another, as {@code cat} makes them. */
  @Test
  void joinedArchivesAreReadToTheLast() throws IOException {
    byte[] first = Tars.written("gnu.tar");
    byte[] second = new Tars().add("other.txt", "other").bytes();
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    assertThat(read(joined)).hasSize(12).containsEntry("other.txt", "other");
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"odd-gnu.tar", "odd-pax.tar"})
  void whatIsNoFileIsNamed(String archive) throws IOException {
    List<TarMember> members = members(Tars.written(archive));
    assertThat(members)
        .extracting(TarMember::name)
        .containsExactly(
            "odd/0.jpg", "odd/1.jpg", "odd/2.jpg", "odd/3.jpg", "odd/4.txt", "odd/5.jpg");
    assertThat(members)
        .extracting(TarMember::usable)
        .containsExactly(true, false, false, false, false, true);
    assertThat(members.get(1).fault()).contains("--hard-dereference");
    assertThat(members.get(2).fault()).contains("--dereference");
    assertThat(members.get(3).fault()).contains("pipe");
    assertThat(members.get(4).fault()).contains("sparse");
    assertThat(read(Tars.written(archive)).get("odd/5.jpg"))
        .isEqualTo(read(Tars.written("gnu.tar")).get("train/000000001.jpg"));
  }

  @Test
  void theMapOfASparseFileIsPassedOver() throws IOException {
    List<TarMember> members = members(Tars.written("holes-gnu.tar"));
    assertThat(members).extracting(TarMember::usable).containsExactly(false, true);
    assertThat(members.get(1).name()).isEqualTo("odd/5.jpg");
    assertThat(problems).isEmpty();
  }

  /** GNU tar and pax write it where a file is too large for 11 octal digits. */
  @Test
  void theSizeMayStandInRecords() throws IOException {
    byte[] archive =
        new Tars().block('x', "r", bytes("10 size=5\n12 path=b.b\n")).add("a.txt", "hello").bytes();
    Arrays.fill(archive, 1024 + 124, 1024 + 135, (byte) '0');
    Tars.sum(archive, 1024);
    assertThat(read(archive)).containsExactly(Map.entry("b.b", "hello"));
    assertThat(problems).isEmpty();
    Path file = folder.resolve("a.tar");
    assertThat(new TarArchive(file).picture("b.b", 1536, 5).read(LimitsConfig.DEFAULT))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("hello");
  }

  @Test
  void binarySizesAreRead() throws IOException {
    byte[] archive = new Tars().add("a.txt", "hello").add("b.txt", "b").bytes();
    Arrays.fill(archive, 124, 136, (byte) 0);
    archive[124] = (byte) 0x80;
    archive[135] = 5;
    Tars.sum(archive, 0);
    assertThat(read(archive)).containsEntry("a.txt", "hello").containsEntry("b.txt", "b");
    archive[128] = 1; // 2^56 + 5
    Tars.sum(archive, 0);
    List<TarMember> members = members(archive);
    assertThat(members).hasSize(1);
    assertThat(members.get(0).fault()).contains("cut off");
  }

  /** 512 bytes each: header a, a, header b, b, header c, c. */
  private static byte[] three() {
    return new Tars().add("a.txt", "a").add("b.txt", "b").add("c.txt", "c").bytes();
  }

  @Test
  void behindADamagedHeaderTheNextIsSought() throws IOException {
    byte[] archive = three();
    archive[1024 + 2] ^= 1;
    assertThat(read(archive).keySet()).containsExactly("a.txt", "c.txt");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).skipped()).isTrue();
    assertThat(problems.get(0).toString()).contains("a.tar").contains("1024").contains("2048");
  }

  @Test
  void aDamagedLastHeaderIsToldToo() throws IOException {
    byte[] archive = Arrays.copyOf(three(), 3 * 1024);
    archive[2048] ^= 1;
    assertThat(read(archive).keySet()).containsExactly("a.txt", "b.txt");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).message()).contains("2048");
  }

  @Test
  void aMemberThatIsCutOffSaysSo() throws IOException {
    List<TarMember> members = members(Arrays.copyOf(three(), 1024 + 512));
    assertThat(members).extracting(TarMember::usable).containsExactly(true, false);
    assertThat(members.get(1).fault()).contains("cut off").contains("1536");
    assertThat(problems).isEmpty();
  }

  /** That is all there is to see of a download that broke off between two members. */
  @Test
  void aMissingEndIsTold() throws IOException {
    assertThat(read(Arrays.copyOf(three(), 2048)).keySet()).containsExactly("a.txt", "b.txt");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).fault()).isTrue();
    assertThat(problems.get(0).skipped()).isFalse();
    assertThat(read(Arrays.copyOf(three(), 2048 + 100)).keySet()).hasSize(2);
    assertThat(problems).hasSize(1);
  }

  @Test
  void namesThatLeadOutAreNoMembersToUse() throws IOException {
    List<TarMember> members =
        members(new Tars().add("../a.jpg", "").add("b/../../a.jpg", "").add("./c.jpg", "").bytes());
    assertThat(members)
        .extracting(TarMember::name, TarMember::usable)
        .containsExactly(
            tuple("../a.jpg", false), tuple("b/../../a.jpg", false), tuple("c.jpg", true));
    byte[] absolute = new Tars().add("xetc/passwd", "").bytes();
    absolute[0] = '/';
    Tars.sum(absolute, 0);
    assertThat(members(absolute)).extracting(TarMember::usable).containsExactly(false);
  }

  @Test
  void whatIsNoTarIsRefusedByName() {
    for (String content : List.of("", "x", "<html>".repeat(500))) {
      assertThatThrownBy(() -> members(bytes(content)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("a.tar");
    }
    assertThatThrownBy(() -> members(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0}))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("gunzip");
    assertThatThrownBy(() -> members(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0}))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unzstd");
  }

  @Test
  void anEmptyArchiveHasNoMembers() throws IOException {
    assertThat(members(new Tars().bytes())).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void aMemberBeyondTheLimitIsNotRead() throws IOException {
    Path file = new Tars().add("a.txt", "12345").write(folder.resolve("b.tar"));
    try (TarReader reader = new TarReader(file, problems::add)) {
      TarMember member = reader.next();
      assertThat(reader.read(member, 5, "k")).hasSize(5);
      assertThatThrownBy(() -> reader.read(member, 4, "data.limits.text_bytes"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("data.limits.text_bytes");
    }
  }
}
