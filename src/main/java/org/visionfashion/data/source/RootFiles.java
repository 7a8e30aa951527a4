package org.visionfashion.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.DataRoot;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Split;

/**
 * The files of a kind that {@code data.root} names: a file, a folder of them, patterns with {@code
 * *} and {@code ?}, brace expressions ({@link Braces}), and any of these joined by {@code ::}.
 *
 * @param base the deepest folder that holds all
 * @param list in the order named, within a folder or pattern in the order of their paths
 */
record RootFiles(Path base, List<RootFile> list) {

  private static final Pattern JOIN = Pattern.compile("::");
  private static final int NAMED = 3;
  private static final Pattern WILD = Pattern.compile("[*?\\[]");
  private static final Pattern WORD_END = Pattern.compile("[-_.]");

  /** Which files are meant. */
  interface Kind {

    /** How their names end, with the dot; in small letters. */
    String ending();

    /** Whether a file has such a name. */
    boolean isNamed(Path file);

    /**
     * Those that a folder holds, in the order of their paths.
     *
     * @throws UserError where there are none
     */
    List<Path> in(Path folder);
  }

  /**
   * A file, or a folder that counts as one.
   *
   * @param path absolute
   * @param name the path below the data set's folder, without its ending
   * @param split that all its rows belong to; empty = none is named
   */
  record RootFile(Path path, String name, Optional<Split> split) {

    /** The same where what names say does not count. */
    RootFile withoutSplit() {
      return new RootFile(path, name, Optional.empty());
    }
  }

  /** Whether a path stands for several. */
  static boolean isPattern(Path path) {
    String name = path.toString();
    return JOIN.matcher(name).find()
        || (!Files.exists(path) && (Braces.areIn(name) || WILD.matcher(name).find()));
  }

  /** Whether a path is that of a file of a kind, or stands for several. */
  static boolean isNamedBy(Path path, Kind kind) {
    if (!isPattern(path)) {
      return kind.isNamed(path) && Files.isRegularFile(path);
    }
    return JOIN.splitAsStream(path.toString()).map(Path::of).allMatch(kind::isNamed);
  }

  /**
   * Finds the files.
   *
   * @param problems takes those that are left out
   * @throws UserError where one that is named is missing, or there are none
   */
  static RootFiles of(DataConfig config, Kind kind, List<Problem> problems) {
    DataRoot root = config.root();
    Map<Path, Optional<Split>> found = new LinkedHashMap<>();
    int named = 0;
    for (DataRoot.Part part : root.parts()) {
      for (Path path : paths(part.path(), kind, config.limits(), problems)) {
        found.putIfAbsent(path, Split.of(part.split()));
        named++;
      }
    }
    if (named > found.size()) {
      String message = "files named twice, read once: " + (named - found.size());
      problems.add(new Problem(root.folder(), 0, Problem.Kind.UNUSED, message));
    }
    Path base = base(root, found.keySet());
    return new RootFiles(base, withSplits(base, found, kind, config.split()));
  }

  private static Path base(DataRoot root, Set<Path> files) {
    if (root.parts().size() == 1 && Files.isDirectory(root.parts().get(0).path())) {
      return root.parts().get(0).path();
    }
    Path base = files.iterator().next().getParent();
    for (Path file : files) {
      while (!file.getParent().startsWith(base)) {
        base = base.getParent();
      }
    }
    return base;
  }

  private static List<Path> paths(
      Path path, Kind kind, LimitsConfig limits, List<Problem> problems) {
    if (!isPattern(path)) {
      return at(path, kind, limits, problems);
    }
    List<Path> paths = new ArrayList<>();
    for (String place : JOIN.splitAsStream(path.toString()).toList()) {
      paths.addAll(expanded(ProjectFolder.resolve(place), kind, limits, problems));
    }
    return paths;
  }

  private static List<Path> expanded(
      Path pattern, Kind kind, LimitsConfig limits, List<Problem> problems) {
    List<Path> paths = new ArrayList<>();
    List<Path> missing = new ArrayList<>();
    for (String each : Braces.expand(pattern.toString())) {
      Path path = Path.of(each);
      if (Files.exists(path)) {
        paths.addAll(at(path, kind, limits, problems));
      } else if (WILD.matcher(each).find()) {
        paths.addAll(matching(path, kind));
      } else {
        missing.add(path);
      }
    }
    if (!missing.isEmpty()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: %,d of the files named are missing: %s%s",
              pattern,
              missing.size(),
              missing.stream().limit(NAMED).map(Path::toString).collect(Collectors.joining(", ")),
              missing.size() > NAMED ? ", ..." : ""));
    }
    return paths;
  }

  /** What a pattern matches, in the order of the paths. */
  private static List<Path> matching(Path pattern, Kind kind) {
    Path folder = pattern;
    while (WILD.matcher(folder.toString()).find()) {
      folder = folder.getParent();
    }
    boolean anyDepth = pattern.toString().contains("**");
    int depth = anyDepth ? Integer.MAX_VALUE : pattern.getNameCount() - folder.getNameCount();
    String literal = pattern.toString().replaceAll("[\\\\{}]", "\\\\$0");
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + literal);
    List<Path> matching =
        walk(
            folder,
            depth,
            files -> files.filter(matcher::matches).filter(kind::isNamed).sorted().toList());
    if (matching.isEmpty()) {
      throw new UserError(
          "%s: no %s file matches this pattern (data.root)".formatted(pattern, kind.ending()));
    }
    return matching;
  }

  /** A file, or what a folder holds. */
  private static List<Path> at(Path path, Kind kind, LimitsConfig limits, List<Problem> problems) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new UserError(path + ": no such file or folder (data.root)");
    }
    Enclosure enclosure = new Enclosure(path, limits);
    return kind.in(path).stream()
        .filter(
            file -> {
              Optional<Problem> outside = enclosure.problem(file, file, 0);
              outside.map(Problem::skipping).ifPresent(problems::add);
              return outside.isEmpty();
            })
        .toList();
  }

  /** Whether a name below a folder begins with a dot. */
  static boolean isHidden(Path folder, Path file) {
    for (Path name : folder.relativize(file)) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** What is wanted of all that lies in a folder, and the folder itself. */
  static List<Path> walk(Path folder, int depth, Function<Stream<Path>, List<Path>> wanted) {
    try (Stream<Path> files = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return wanted.apply(files);
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * The splits that the root gives, else those that names tell: of a folder ({@code
   * train/000.tar}), or a word of the file's name ({@code fashion-train-000.tar}). One name for all
   * tells nothing.
   */
  private static List<RootFile> withSplits(
      Path base, Map<Path, Optional<Split>> found, Kind kind, SplitRule rule) {
    List<RootFile> files = new ArrayList<>();
    Set<Split> told = new TreeSet<>();
    for (Map.Entry<Path, Optional<Split>> each : found.entrySet()) {
      String name = base.relativize(each.getKey()).toString().replace('\\', '/');
      String stem = stem(name, kind.ending());
      Optional<Split> split = each.getValue().or(() -> told(base.relativize(each.getKey()), stem));
      split.ifPresent(told::add);
      files.add(new RootFile(each.getKey(), stem, split));
    }
    boolean given = found.values().stream().anyMatch(Optional::isPresent);
    boolean used = given || told.size() > 1 || rule == SplitRule.GIVEN;
    if (used && (rule == SplitRule.GIVEN || rule == SplitRule.AUTO)) {
      requireAll(base, files);
    }
    return used ? files : files.stream().map(RootFile::withoutSplit).toList();
  }

  private static void requireAll(Path base, List<RootFile> files) {
    List<RootFile> others = files.stream().filter(file -> file.split().isEmpty()).toList();
    if (!others.isEmpty() && others.size() < files.size()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d files name no split, %s for one, the others do; use data.root:"
                  + " {train: ..., validation: ...}, or data.split: item or random",
              base,
              others.size(),
              files.size(),
              others.get(0).name()));
    }
  }

  private static String stem(String name, String ending) {
    boolean ends = name.toLowerCase(Locale.ROOT).endsWith(ending);
    return ends ? name.substring(0, name.length() - ending.length()) : name;
  }

  /** Whether a word of a file's name is that of a split. */
  static boolean namesSplit(Path file) {
    Path name = file.getFileName();
    return told(name, name.toString()).isPresent();
  }

  private static Optional<Split> told(Path below, String stem) {
    for (Path folder : below) {
      Optional<Split> split = Split.of(folder.toString());
      if (split.isPresent()) {
        return split;
      }
    }
    String file = stem.substring(stem.lastIndexOf('/') + 1);
    return WORD_END.splitAsStream(file).flatMap(word -> Split.of(word).stream()).findFirst();
  }
}
