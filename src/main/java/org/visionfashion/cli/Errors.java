package org.visionfashion.cli;

import ai.djl.engine.EngineException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.UserError;
import org.visionfashion.engine.Memory;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures, one line each: what, where, what to do. Exit code 2 = input or usage, 1 = failure. */
final class Errors
    implements IExecutionStrategy, IParameterExceptionHandler, IExecutionExceptionHandler {

  /** JAVA_OPTS=-Dvisionfashion.debug=true prints the stack trace as well. */
  private static final String DEBUG = "visionfashion.debug";

  /** A failure inside a run, whose log has the stack trace. */
  static final class InRun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InRun(Path log, Throwable failure) {
      super(summary(failure) + " (details in " + log + ")", failure);
    }
  }

  /** Runs a command; picocli by itself would let errors such as a full heap through. */
  @Override
  public int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (Error e) {
      List<CommandLine> commands = parsed.asCommandLineList();
      throw new ExecutionException(commands.get(commands.size() - 1), summary(e), e);
    }
  }

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
    boolean told = e instanceof InRun || e instanceof ExecutionException;
    print(command, "failed: " + (told ? e.getMessage() : summary(e)));
    return ExitCode.SOFTWARE;
  }

  /** One line about a failure that was not foreseen. */
  static String summary(Throwable failure) {
    if (failure instanceof EngineException engine && Memory.isExhausted(engine)) {
      return "out of memory: use a smaller batch or micro_batch";
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory: use a smaller batch, or give Java more with JAVA_OPTS=-Xmx8g";
    }
    Throwable kind =
        failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
    String message = Objects.toString(kind.getMessage(), "");
    if (kind instanceof AccessDeniedException) {
      return message + ": permission denied";
    }
    if (kind instanceof NoSuchFileException) {
      return message + ": no such file";
    }
    String outer = Objects.toString(failure.getMessage(), "");
    boolean forReaders = outer.contains(" ") && !(failure instanceof NullPointerException);
    String name = kind.getClass().getSimpleName();
    return firstLine(forReaders ? outer : outer.isEmpty() ? name : name + ": " + outer);
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
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }
}
