package org.visionfashion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Lists the tests that this machine cannot run, and why; Maven prints them at the end. */
public final class NotRun implements TestExecutionListener {

  private static final Path LIST = Path.of("target", "not-run.txt");

  private final Set<String> lines = new TreeSet<>();

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    lines.add(line(test, reason));
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == Status.ABORTED) {
      lines.add(line(test, result.getThrowable().map(Throwable::getMessage).orElse("")));
    }
  }

  private static String line(TestIdentifier test, String reason) {
    Optional<TestSource> source = test.getSource();
    String name =
        source.orElse(null) instanceof MethodSource method
            ? simple(method.getClassName()) + "." + method.getMethodName()
            : source.orElse(null) instanceof ClassSource type
                ? simple(type.getClassName())
                : test.getDisplayName();
    return "Not run here: %s (%s)".formatted(name, reason.replace("Assumption failed: ", ""));
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    if (lines.isEmpty() || !Files.isDirectory(LIST.getParent())) {
      return;
    }
    try {
      Files.write(LIST, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.clear();
  }
}
