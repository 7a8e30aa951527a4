package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WorkProgressTest {

  @Test
  void withoutATerminalALineAMinute() {
    Logger log = (Logger) LoggerFactory.getLogger(WorkProgress.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    AtomicLong seconds = new AtomicLong(1_000);
    try (WorkProgress progress =
        new WorkProgress("embedding", () -> TimeUnit.SECONDS.toNanos(seconds.get()))) {
      for (int done = 0; done <= 4_000; done += 100) {
        progress.update(done, 4_000);
        seconds.addAndGet(3); // 4,000 in two minutes
      }
    } finally {
      log.detachAppender(lines);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("embedding: 2,000 of 4,000, 1 min left");
  }
}
