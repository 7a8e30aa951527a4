package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files, read by their field numbers and a checksum bit by bit: nothing of the writer's. */
class EventLogTest {

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int START = 1;

  @TempDir private Path folder;

  /** CRC-32C of Castagnoli's polynomial, reflected. */
  private static int crc32c(byte[] bytes) {
    int crc = ~0;
    for (byte each : bytes) {
      crc ^= each & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 1 ? 0x82F63B78 : 0);
      }
    }
    return ~crc;
  }

  private static int masked(byte[] bytes) {
    int crc = crc32c(bytes);
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static List<UnknownFieldSet> read(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<UnknownFieldSet> events = new ArrayList<>();
    while (buffer.hasRemaining()) {
      byte[] length = new byte[8];
      buffer.get(length);
      assertThat(buffer.getInt()).isEqualTo(masked(length));
      byte[] record =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      buffer.get(record);
      assertThat(buffer.getInt()).isEqualTo(masked(record));
      events.add(UnknownFieldSet.parseFrom(record));
    }
    return events;
  }

  private static Map<String, Float> scalars(UnknownFieldSet event) throws IOException {
    Map<String, Float> scalars = new LinkedHashMap<>();
    UnknownFieldSet summary =
        UnknownFieldSet.parseFrom(event.getField(SUMMARY).getLengthDelimitedList().get(0));
    for (var bytes : summary.getField(1).getLengthDelimitedList()) {
      UnknownFieldSet value = UnknownFieldSet.parseFrom(bytes);
      scalars.put(
          value.getField(1).getLengthDelimitedList().get(0).toString(StandardCharsets.UTF_8),
          Float.intBitsToFloat(value.getField(2).getFixed32List().get(0)));
    }
    return scalars;
  }

  private static long step(UnknownFieldSet event) {
    List<Long> steps = event.getField(STEP).getVarintList();
    return steps.isEmpty() ? 0 : steps.get(0);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Progress progress(long step) {
    Progress start = Progress.START;
    return new Progress(0, step, start.underWay(), start.best(), List.of(), start.adapted());
  }

  @Test
  void theChecksumIsTheOneOfTheStandard() {
    // RFC 3720, B.4: 32 bytes of zeros, and of ones.
    byte[] ones = new byte[32];
    java.util.Arrays.fill(ones, (byte) 0xFF);
    assertThat(crc32c(new byte[32])).isEqualTo(0x8A9136AA);
    assertThat(crc32c(ones)).isEqualTo(0x62A8AB43);
  }

  @Test
  void everyStepAndEpochIsThere() throws IOException {
    double before = System.currentTimeMillis() / 1e3;
    try (EventLog log = EventLog.open(folder, Progress.START)) {
      log.step(
          new Observer.Step(
              new Observer.Place("finetune", 1, 1, 1, 2),
              1.5,
              LossScale.NONE,
              false,
              1e-4,
              2.25,
              new Observer.Timing(64, 0.5, 0.125)));
      log.step(
          new Observer.Step(
              new Observer.Place("finetune", 1, 1, 2, 2),
              1.25,
              LossScale.NONE,
              false,
              2e-4,
              2,
              new Observer.Timing(64, 0.25, 0.125)));
      Validation validation = new Validation(1.75, 0.5, Map.of("category.top1", 0.625), false);
      Observer.Place end = new Observer.Place("finetune", 1, 1, 2, 2);
      log.epoch(new Observer.Epoch(end, 1.375, Optional.of(validation), true, 128, 1));
    }
    List<UnknownFieldSet> events = read(files().get(0));
    assertThat(events).hasSize(5);
    assertThat(events.get(0).getField(FILE_VERSION).getLengthDelimitedList().get(0).toStringUtf8())
        .isEqualTo("brain.Event:2");
    assertThat(scalars(events.get(2)))
        .containsOnly(
            Map.entry("train/loss", 1.5f),
            Map.entry("train/lr", 1e-4f),
            Map.entry("train/grad_norm", 2.25f),
            Map.entry("time/pairs_per_s", 128f),
            Map.entry("time/data_wait", 0.25f));
    assertThat(scalars(events.get(4)))
        .containsOnly(
            Map.entry("validation/loss", 1.75f),
            Map.entry("validation/score", 0.5f),
            Map.entry("validation/category.top1", 0.625f));
    assertThat(events.stream().map(EventLogTest::step)).containsExactly(0L, 1L, 1L, 2L, 2L);
    assertThat(events)
        .allSatisfy(
            event ->
                assertThat(
                        Double.longBitsToDouble(event.getField(WALL_TIME).getFixed64List().get(0)))
                    .isBetween(before - 1, before + 60));
  }

  /** TensorBoard reads by name: what is written later stands behind, though the clock went back. */
  @Test
  void aClockThatWasSetBackChangesNoOrder() throws IOException {
    Path future = folder.resolve("events.out.tfevents.4102444800.visionfashion");
    Files.createFile(future);
    EventLog.open(folder, progress(7)).close();
    assertThat(files()).hasSize(2).startsWith(future);
  }

  @Test
  void aRunThatGoesOnTakesBackWhatWasNotSaved() throws IOException {
    EventLog.open(folder, Progress.START).close();
    EventLog.open(folder, progress(7)).close();
    assertThat(files()).hasSize(2);
    assertThat(files())
        .allSatisfy(
            file ->
                assertThat(file.getFileName().toString())
                    .matches("events\\.out\\.tfevents\\.\\d{10}\\.visionfashion"));
    UnknownFieldSet second = read(files().get(1)).get(1);
    assertThat(step(second)).isEqualTo(8);
    UnknownFieldSet session =
        UnknownFieldSet.parseFrom(second.getField(SESSION_LOG).getLengthDelimitedList().get(0));
    assertThat(session.getField(1).getVarintList()).containsExactly((long) START);
  }
}
