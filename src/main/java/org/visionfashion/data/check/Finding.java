package org.visionfashion.data.check;

import java.util.AbstractList;
import java.util.List;
import java.util.Locale;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import org.visionfashion.data.Problem;

/**
 * Something that a verification found, once or often.
 *
 * @param name for machines, stable
 * @param severity how much it matters
 * @param what is found, in a few words
 * @param cases where, a line each; may be a view that composes a line when it is asked for
 * @param remedy what to do, in a few words
 */
public record Finding(
    String name, Severity severity, String what, List<String> cases, String remedy) {

  static Finding of(Check check, List<String> cases) {
    return new Finding(check.label(), check.severity(), check.what(), cases, check.remedy());
  }

  /** What the reader of the data reports; each case says its remedy itself. */
  static Finding of(Problem.Kind kind, List<String> cases) {
    return new Finding(
        kind.name().toLowerCase(Locale.ROOT), severity(kind), kind.title(), cases, "");
  }

  private static Severity severity(Problem.Kind kind) {
    if (kind.fault()) {
      return Severity.FAULT;
    }
    return kind == Problem.Kind.SUSPICIOUS ? Severity.SUSPICION : Severity.NOTE;
  }

  /** Lines about some examples, composed when they are asked for. */
  static List<String> cases(int[] examples, IntFunction<String> line) {
    return new Cases(examples, line);
  }

  private static final class Cases extends AbstractList<String> implements RandomAccess {

    private final int[] examples;
    private final IntFunction<String> line;

    Cases(int[] examples, IntFunction<String> line) {
      this.examples = examples;
      this.line = line;
    }

    @Override
    public String get(int index) {
      return line.apply(examples[index]);
    }

    @Override
    public int size() {
      return examples.length;
    }
  }
}
