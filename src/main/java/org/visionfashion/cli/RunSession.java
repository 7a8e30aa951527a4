package org.visionfashion.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunLock;

/** One command at work in a run's folder: alone there, and with its log. */
final class RunSession {

  private RunSession() {}

  /**
   * Works while holding the folder. The run's log gets everything, with debug messages and stack
   * traces. A new run that bad input kept from training is forgotten, so that the corrected command
   * may begin it with other settings.
   *
   * @throws UserError where another process trains this run, and what {@code work} throws of it
   * @throws Errors.InRun where the work failed
   */
  static <T> T in(RunFolder run, Supplier<T> work) {
    try (RunLock held = RunLock.take(run)) {
      boolean fresh = !run.exists();
      FileAppender<ILoggingEvent> log = appendTo(held.run().log());
      try {
        return work.get();
      } catch (UserError badInput) {
        if (fresh && !Files.exists(run.contrastive())) {
          run.forget();
        }
        throw badInput;
      } catch (RuntimeException | Error failure) {
        LoggerFactory.getLogger(RunSession.class).debug("failed", failure);
        throw new Errors.InRun(run.log(), failure);
      } finally {
        root().detachAppender(log);
        log.stop();
      }
    } catch (IOException e) {
      String reason = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
      throw new UncheckedIOException("cannot use " + run.path() + ": " + reason, e);
    }
  }

  private static FileAppender<ILoggingEvent> appendTo(Path file) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(root().getLoggerContext());
    encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{24} %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(root().getLoggerContext());
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    root().addAppender(appender);
    return appender;
  }

  private static ch.qos.logback.classic.Logger root() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    return context.getLogger(Logger.ROOT_LOGGER_NAME);
  }
}
