package org.visionfashion.hub;

import java.util.regex.Pattern;
import org.visionfashion.base.UserError;

/**
 * A repository of the Hub at a revision.
 *
 * @param repository {@code owner/name}, or {@code name} alone for the oldest ones
 * @param revision a branch, a tag, {@code refs/pr/1} or a commit
 */
public record HubReference(Kind kind, String repository, String revision) {

  /** What a repository holds. */
  public enum Kind {
    MODEL("models", "", "a model"),
    DATASET("datasets", "datasets/", "a data set");

    private final String plural;
    private final String prefix;
    private final String noun;

    Kind(String plural, String prefix, String noun) {
      this.plural = plural;
      this.prefix = prefix;
      this.noun = noun;
    }
  }

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
      throw malformed(text(kind, repository, revision));
    }
  }

  /** Whether a user who wrote this means a repository of the Hub. */
  public static boolean isReference(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads {@code hf:owner/name}, {@code hf:owner/name@revision} or {@code hf:name}, a model, and
   * the same behind {@code hf:datasets/}, a data set.
   *
   * @throws UserError for anything else
   */
  public static HubReference parse(String text) {
    if (!isReference(text)) {
      throw malformed(text);
    }
    String[] parts = text.substring(SCHEME.length()).split("@", 2);
    Kind kind = parts[0].startsWith(Kind.DATASET.prefix) ? Kind.DATASET : Kind.MODEL;
    String repository = parts[0].substring(kind.prefix.length());
    return new HubReference(kind, repository, parts.length == 1 ? MAIN : parts[1]);
  }

  /**
   * The same, if it is of this kind.
   *
   * @throws UserError for one of the other kind
   */
  public HubReference require(Kind wanted) {
    if (kind != wanted) {
      throw new UserError("%s is %s, not %s".formatted(this, kind.noun, wanted.noun));
    }
    return this;
  }

  /** The same repository at another revision. */
  public HubReference at(String other) {
    return new HubReference(kind, repository, other);
  }

  /** Whether the revision can never mean anything else. */
  boolean isCommit() {
    return isCommit(revision);
  }

  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** The path of its page on the Hub, and of its files. */
  String page() {
    return kind.prefix + repository;
  }

  /** The path of what the Hub's API says about it. */
  String api() {
    return "api/" + kind.plural + "/" + repository;
  }

  /** The name of its folder in the cache. */
  String folder() {
    return kind.plural + "--" + repository.replace("/", "--");
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return text(kind, repository, revision);
  }

  private static String text(Kind kind, String repository, String revision) {
    return SCHEME + kind.prefix + repository + (revision.equals(MAIN) ? "" : "@" + revision);
  }

  private static UserError malformed(String text) {
    return new UserError(
        "\"%s\" is not a repository of the Hub; write hf:owner/name or hf:owner/name@revision for a model, hf:datasets/owner/name for a data set"
            .formatted(text));
  }
}
