package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Where there is no terminal, lines and no bar. */
class DownloadProgressTest {

  private static final long MEBIBYTE = 1 << 20;

  private final AtomicLong clock = new AtomicLong();

  private List<String> lines(Consumer<DownloadProgress> downloads) {
    Logger logger = (Logger) LoggerFactory.getLogger(DownloadProgress.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try (DownloadProgress progress = new DownloadProgress(clock::get)) {
      downloads.accept(progress);
    } finally {
      logger.detachAppender(lines);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void eachFileIsToldOnceWithItsSize() {
    List<String> lines =
        lines(
            progress -> {
              for (long done = 0; done <= 1200; done += 400) {
                progress.update("model.safetensors", done * MEBIBYTE, 1200 * MEBIBYTE);
              }
              progress.update("tokenizer.json", 0, MEBIBYTE);
            });
    assertThat(lines)
        .containsExactly(
            "Downloading model.safetensors, 1,200 MiB", "Downloading tokenizer.json, 1 MiB");
  }

  /** A long download tells its rate and what is left, without what was there before. */
  @Test
  void aLineAMinuteTellsTheRate() {
    List<String> lines =
        lines(
            progress -> {
              for (int second = 0; second <= 130; second += 10) {
                clock.set(second * 1_000_000_000L);
                long done = 500 + 10L * second;
                progress.update("owner/name (9 files)", done * MEBIBYTE, 2200 * MEBIBYTE);
              }
            });
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).contains("1,100 of 2,200 MiB", "10.0 MiB/s", "2 min left");
    assertThat(lines.get(2)).contains("1,700 of 2,200 MiB", "10.0 MiB/s", "1 min left");
  }
}
