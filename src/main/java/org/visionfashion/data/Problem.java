package org.visionfashion.data;

import java.nio.file.Path;
import org.visionfashion.base.OneLine;

/**
 * Something about the data that a user should know, named so that they can fix it.
 *
 * @param file the file
 * @param line 1-based line, 0 = the file as a whole
 * @param kind what sort of thing it is; decides whether it is a fault
 * @param message what is wrong and what to do
 * @param skipped whether it cost the data set an example
 */
public record Problem(Path file, int line, Kind kind, String message, boolean skipped) {

  public Problem {
    message = OneLine.of(message);
  }

  /** A problem that costs no example. */
  public Problem(Path file, int line, Kind kind, String message) {
    this(file, line, kind, message, false);
  }

  /** The same, for which an example is skipped. */
  public Problem skipping() {
    return new Problem(file, line, kind, message, true);
  }

  /** Whether the data are broken here; otherwise it is a note about data that are in order. */
  public boolean fault() {
    return kind.fault;
  }

  @Override
  public String toString() {
    return OneLine.of(file + (line > 0 ? ":" + line : "") + ": " + message);
  }

  /** Sorts of problems, faults first, in the order in which a report lists them. */
  public enum Kind {
    MISSING_FILE("missing files", true),
    OUTSIDE("files outside the data set's folder", true),
    MISSING_IMAGE("missing pictures", true),
    UNREADABLE_IMAGE("unreadable pictures", true),
    BAD_LINE("lines that cannot be read", true),
    UNKNOWN_CODE("unknown codes", true),
    CONTRADICTION("contradictions between rows", true),
    DUPLICATE("duplicates", true),
    OTHER("other faults", true),
    SUSPICIOUS("worth a look", false),
    BLANK_CAPTION("blank captions", false),
    REPETITION("rows that say nothing new", false),
    UNLABELLED("pictures without labels", false),
    ENCODING("byte order marks and line ends", false),
    UNUSED("not used", false);

    private final String title;
    private final boolean fault;

    Kind(String title, boolean fault) {
      this.title = title;
      this.fault = fault;
    }

    /** What a report writes above the problems of this kind. */
    public String title() {
      return title;
    }

    public boolean fault() {
      return fault;
    }
  }
}
