package org.visionfashion.data.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns against plain lists. */
class ColumnsTest {

  private static final long SEED = 17;
  private static final int FEW_BYTES = 1 << 19; // two chunks: what is more goes to a file

  private final Random random = new Random(SEED);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 65_536, 65_537, 400_000})
  void numbersAreTheSameInTheHeapAndInAFile(int count) {
    int[] values = random.ints(count).toArray();
    for (int mostHeap : new int[] {Integer.MAX_VALUE, FEW_BYTES}) {
      try (ByteSink ints = new ByteSink(mostHeap);
          ByteSink longs = new ByteSink(mostHeap);
          ByteSink bytes = new ByteSink(mostHeap)) {
        for (int value : values) {
          ints.putInt(value);
          longs.putLong(value * 3L);
          bytes.put((byte) value);
        }
        Bytes i = ints.finish();
        Bytes l = longs.finish();
        Bytes b = bytes.finish();
        assertThat(List.of(i.size(), l.size(), b.size()))
            .containsExactly(4L * count, 8L * count, (long) count);
        boolean same = true;
        for (int at = 0; at < count; at++) {
          same &= i.intAt(at) == values[at];
          same &= l.longAt(at) == values[at] * 3L;
          same &= b.byteAt(at) == (byte) values[at];
        }
        assertThat(same).as("seed %d", SEED).isTrue();
      }
    }
  }

  @Test
  void textsAreTheSameInTheHeapInAFileAndMapped() throws IOException {
    List<String> texts = texts(20_000);
    byte[] expected = String.join("", texts).getBytes(UTF_8);
    try (ByteSink sink = new ByteSink(FEW_BYTES)) {
      texts.forEach(text -> sink.put(text.getBytes(UTF_8)));
      Bytes spilled = sink.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      spilled.writeTo(Channels.newChannel(out));
      assertThat(out.toByteArray()).isEqualTo(expected);
      Path file = Files.write(folder.resolve("column"), expected);
      byte[] part = new byte[100_000];
      Bytes.map(file).read(expected.length - part.length, part, part.length);
      byte[] same = new byte[part.length];
      spilled.read(expected.length - part.length, same, same.length);
      assertThat(part).isEqualTo(same);
      assertThatThrownBy(() -> spilled.read(expected.length - 1L, same, 2))
          .isInstanceOf(RuntimeException.class);
    }
    Texts column = column(texts);
    assertThat(IntStream.range(0, column.size()).mapToObj(column::text)).isEqualTo(texts);
  }

  @Test
  void temporaryFilesGoAtOnce() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    long before = columnFiles(temporary);
    try (ByteSink sink = new ByteSink(FEW_BYTES)) {
      IntStream.range(0, 300_000).forEach(sink::putInt);
      sink.finish();
    }
    assertThat(columnFiles(temporary)).isEqualTo(before);
  }

  @Test
  void textsAreSortedAsStringsAre() {
    List<String> texts = texts(5_000);
    assertSorted(texts);
    Collections.sort(texts);
    assertSorted(texts);
    Collections.reverse(texts);
    assertSorted(texts);
    assertSorted(List.of());
    assertSorted(List.of("one"));
    assertSorted(List.of("\uFFFD", "\uD83D\uDC57", "\uE000", "\uD7FF", "z", "", "z"));
  }

  private static void assertSorted(List<String> texts) {
    List<Integer> expected = new ArrayList<>();
    IntStream.range(0, texts.size()).forEach(expected::add);
    expected.sort(Comparator.comparing(texts::get));
    assertThat(TextOrder.of(column(texts)))
        .as("seed %d", SEED)
        .containsExactly(expected.stream().mapToInt(i -> i).toArray());
  }

  @Test
  void equalTextsAreFound() {
    List<String> texts = texts(30_000);
    Distinct distinct = new Distinct(texts.size(), texts::get);
    Map<String, Integer> first = new HashMap<>();
    int[] found = new int[texts.size()];
    for (int i = 0; i < texts.size(); i++) {
      first.putIfAbsent(texts.get(i), i);
      found[i] = distinct.first(i);
    }
    assertThat(found).as("seed %d", SEED).isEqualTo(texts.stream().mapToInt(first::get).toArray());
  }

  private static Texts column(List<String> texts) {
    try (Texts.Sink sink = new Texts.Sink()) {
      texts.forEach(sink::put);
      return sink.finish();
    }
  }

  /** Of all planes and lengths, some of them twice. */
  private List<String> texts(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "images/part" : "");
      for (int left = random.nextInt(40); left > 0; left--) {
        int[] starts = {'0', 'a', 0xe0, 0x4e00, 0xd7f0, 0xe000, 0xfff0, 0x1f450};
        text.appendCodePoint(starts[random.nextInt(starts.length)] + random.nextInt(10));
      }
      texts.add(i > 0 && random.nextInt(4) == 0 ? texts.get(random.nextInt(i)) : text.toString());
    }
    return texts;
  }

  private static long columnFiles(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".column")).count();
    }
  }
}
