package org.visionfashion.hub;

import java.util.regex.Pattern;
import org.visionfashion.base.UserError;

/**
 * A model on the Hub.
 *
 * @param repository {@code owner/name}, or {@code name} alone for the oldest models
 * @param revision a branch, a tag, {@code refs/pr/1} or a commit
 */
public record HubReference(String repository, String revision) {

  private static final String SCHEME = "hf:";
  private static final String MAIN = "main";

  /** At most 96 of the characters that the Hub allows; neither dot nor dash at an end. */
  private static final String PART = "\\w(?:[\\w.-]{0,94}\\w)?";

  private static final Pattern REPOSITORY = Pattern.compile(PART + "(?:/" + PART + ")?");
  private static final Pattern REVISION = Pattern.compile("\\w[\\w.+-]*(?:/\\w[\\w.+-]*)*");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /**
   * Checks both.
   *
   * @throws UserError for a repository or a revision that the Hub cannot have
   */
  public HubReference {
    // The cache writes "--" for "/", so the Hub has no name with it.
    boolean named = REPOSITORY.matcher(repository).matches() && !repository.contains("--");
    boolean safe = REVISION.matcher(revision).matches() && !(repository + revision).contains("..");
    if (!named || !safe) {
      throw malformed(text(repository, revision));
    }
  }

  /** Whether a user who wrote this means a model on the Hub. */
  public static boolean isReference(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads {@code hf:owner/name}, {@code hf:owner/name@revision} or {@code hf:name}.
   *
   * @throws UserError for anything else
   */
  public static HubReference parse(String text) {
    if (!isReference(text)) {
      throw malformed(text);
    }
    String[] parts = text.substring(SCHEME.length()).split("@", 2);
    return new HubReference(parts[0], parts.length == 1 ? MAIN : parts[1]);
  }

  /** The same model at another revision. */
  public HubReference at(String other) {
    return new HubReference(repository, other);
  }

  /** Whether the revision can never mean anything else. */
  boolean isCommit() {
    return isCommit(revision);
  }

  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return text(repository, revision);
  }

  private static String text(String repository, String revision) {
    return SCHEME + repository + (revision.equals(MAIN) ? "" : "@" + revision);
  }

  private static UserError malformed(String text) {
    return new UserError(
        "\""
            + text
            + "\" is not a model on the Hub; write hf:owner/name, hf:owner/name@revision or"
            + " hf:name");
  }
}
