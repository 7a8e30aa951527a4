package org.visionfashion.config;

import java.util.List;

/** Settings that cannot be used; the message lists every problem on a line of its own. */
public class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** One problem alone. */
  public ConfigException(String problem) {
    this(List.of(problem));
  }

  /** All problems; at least one. */
  public ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems.stream().map(OneLine::of).toList()));
    this.problems = problems.stream().map(OneLine::of).toList();
  }

  /** The problems, a line each. */
  public List<String> problems() {
    return problems;
  }
}
