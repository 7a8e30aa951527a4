package org.visionfashion.cli;

import ai.djl.engine.EngineException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.UserError;
import org.visionfashion.engine.Memory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures in a line each: what, where, what to do. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  /** JAVA_OPTS=-Dvisionfashion.debug=true prints the stack trace as well. */
  private static final String DEBUG = "visionfashion.debug";

  /** A command line that cannot be understood. */
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String what =
        e instanceof UnmatchedArgumentException unmatched
            ? unknown(spec, unmatched.getUnmatched().get(0))
            : firstLine(e.getMessage()).replaceFirst("^Error: ", "");
    print(e.getCommandLine(), what + " (see " + spec.qualifiedName() + " --help)");
    return ExitCode.USAGE;
  }

  /** A command that could not do its work. */
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (Boolean.getBoolean(DEBUG)) {
      e.printStackTrace(command.getErr());
    }
    if (e instanceof UserError problems) {
      problems.problems().forEach(problem -> print(command, problem));
      return ExitCode.USAGE;
    }
    print(command, "failed: " + (e instanceof FailedRunException ? e.getMessage() : summary(e)));
    return ExitCode.SOFTWARE;
  }

  /** One line about a failure that was not foreseen. */
  static String summary(Throwable failure) {
    if (failure instanceof EngineException engine && Memory.isExhausted(engine)) {
      return "out of memory: a smaller batch, or micro_batch";
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory: a smaller batch, or more for Java by JAVA_OPTS=-Xmx8g";
    }
    String message = Objects.toString(failure.getMessage(), "");
    boolean forReaders = message.contains(" ") && !(failure instanceof NullPointerException);
    Throwable kind =
        failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
    String name = kind.getClass().getSimpleName();
    return forReaders && !(failure instanceof NoSuchFileException)
        ? firstLine(message)
        : firstLine(message.isEmpty() ? name : name + ": " + message);
  }

  private static String unknown(CommandSpec spec, String word) {
    List<String> names = new ArrayList<>();
    if (word.startsWith("-")) {
      spec.options().forEach(option -> names.addAll(List.of(option.names())));
      String name = word.split("=", 2)[0];
      return "unknown option " + name + Nearest.hint(name, names);
    }
    names.addAll(spec.subcommands().keySet());
    String kind = names.isEmpty() ? "unexpected argument " : "unknown command ";
    return kind + word + Nearest.hint(word, names);
  }

  private static void print(CommandLine command, String line) {
    PrintWriter err = command.getErr();
    err.println(command.getCommandSpec().qualifiedName() + ": " + line);
    err.flush();
  }

  private static String firstLine(String message) {
    return Objects.toString(message, "")
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("");
  }
}
