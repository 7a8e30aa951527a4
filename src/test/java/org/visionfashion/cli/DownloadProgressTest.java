package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DownloadProgressTest {

  private static final long MEBIBYTE = 1 << 20;

  /** Where there is no terminal, a line for each file and no bar. */
  @Test
  void eachFileIsToldOnceWithItsSize() {
    Logger logger = (Logger) LoggerFactory.getLogger(DownloadProgress.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try (DownloadProgress progress = new DownloadProgress()) {
      for (long done = 0; done <= 1200; done += 400) {
        progress.update("model.safetensors", done * MEBIBYTE, 1200 * MEBIBYTE);
      }
      progress.update("tokenizer.json", 0, MEBIBYTE);
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Downloading model.safetensors, 1,200 MiB", "Downloading tokenizer.json, 1 MiB");
  }
}
