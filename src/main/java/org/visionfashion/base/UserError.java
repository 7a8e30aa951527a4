package org.visionfashion.base;

import java.util.List;

/**
 * Something that the user must change: a setting, a file, a data set, a weight file. The message
 * names each problem on one line; commands print it and exit with code 2.
 */
public class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** One problem. */
  public UserError(String problem) {
    this(List.of(problem));
  }

  /** All problems; at least one. */
  public UserError(List<String> problems) {
    this(problems, null);
  }

  public UserError(String problem, Throwable cause) {
    this(List.of(problem), cause);
  }

  private UserError(List<String> problems, Throwable cause) {
    super(String.join(System.lineSeparator(), problems.stream().map(OneLine::of).toList()), cause);
    this.problems = problems.stream().map(OneLine::of).toList();
  }

  /** The problems, one line each. */
  public List<String> problems() {
    return problems;
  }
}
