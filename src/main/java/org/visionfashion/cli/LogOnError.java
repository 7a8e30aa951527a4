package org.visionfashion.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the console's log lines to standard error, so that standard output is one document. */
final class LogOnError {

  LogOnError() {
    send(ConsoleTarget.SystemErr);
  }

  /** Sends them to standard output again. */
  void close() {
    send(ConsoleTarget.SystemOut);
  }

  private static void send(ConsoleTarget target) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console")
        instanceof ConsoleAppender<ILoggingEvent> console) {
      console.stop();
      console.setTarget(target.getName());
      console.start();
    }
  }
}
