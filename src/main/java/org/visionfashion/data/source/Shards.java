package org.visionfashion.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
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
 * The shards that {@code data.root} names: an archive, a folder of archives, or of img2dataset's
 * folders, patterns with {@code *} and {@code ?}, brace expressions ({@link Braces}), and any of
 * these joined by {@code ::}.
 *
 * @param base the deepest folder that holds all
 * @param list in the order named, within a folder or pattern in the order of their paths
 */
record Shards(Path base, List<Shard> list) {

  private static final String JOIN = "::";
  private static final int NAMED = 3;
  private static final Pattern WILD = Pattern.compile("[*?\\[]");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern TEXT = Pattern.compile(".*\\.(txt|json)", Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD_END = Pattern.compile("[-_.]");
  private static final Pattern COMPRESSED =
      Pattern.compile(".*\\.(tgz|tar\\.(gz|zst|xz|bz2|lz4))", Pattern.CASE_INSENSITIVE);

  /** Whether a path stands for several. */
  static boolean isPattern(Path path) {
    String name = path.toString();
    return name.contains(JOIN)
        || !Files.exists(path) && (Braces.areIn(name) || WILD.matcher(name).find());
  }

  /** Whether a file is named as an archive is. */
  static boolean isTar(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(Shard.TAR);
  }

  /** Whether a file is named as a compressed archive is. */
  static boolean isCompressedTar(Path file) {
    return COMPRESSED.matcher(file.toString()).matches();
  }

  /** Whether a path is that of an archive, or stands for several. */
  static boolean isNamedBy(Path path) {
    if (!isPattern(path)) {
      return (isTar(path) || isCompressedTar(path)) && Files.isRegularFile(path);
    }
    return Stream.of(path.toString().split(JOIN))
        .map(Path::of)
        .allMatch(each -> isTar(each) || isCompressedTar(each));
  }

  /** Whether archives lie in a folder, or in one called as a split is below it. */
  static boolean areArchivesIn(Path root) {
    return places(root).stream()
        .flatMap(place -> list(place).stream())
        .anyMatch(file -> (isTar(file) || isCompressedTar(file)) && Files.isRegularFile(file));
  }

  /**
   * Whether a folder, one below with a number for a name, or the same in one called as a split,
   * holds pictures of which at least every second has a text beside it.
   */
  static boolean areFoldersIn(Path root) {
    return places(root).stream()
        .flatMap(
            place ->
                Stream.concat(
                    Stream.of(place),
                    list(place).stream()
                        .filter(file -> NUMBER.matcher(file.getFileName().toString()).matches())
                        .limit(1)))
        .anyMatch(Shards::holdsSamples);
  }

  /** A folder, and those below that are called as splits are. */
  private static List<Path> places(Path root) {
    List<Path> places = new ArrayList<>(List.of(root));
    for (Path file : list(root)) {
      if (Split.of(file.getFileName().toString()).isPresent() && Files.isDirectory(file)) {
        places.add(file);
      }
    }
    return places;
  }

  private static boolean holdsSamples(Path folder) {
    Set<String> pictures = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (Path file : list(folder)) {
      String name = file.getFileName().toString();
      int dot = name.indexOf('.');
      if (dot > 0 && ImageFiles.isReadable(name)) {
        pictures.add(name.substring(0, dot));
      } else if (dot > 0 && TEXT.matcher(name).matches()) {
        texts.add(name.substring(0, dot));
      }
    }
    long paired = pictures.stream().filter(texts::contains).count();
    return paired > 0 && 2 * paired >= pictures.size();
  }

  /** In order; nothing where it is no folder. */
  private static List<Path> list(Path folder) {
    return Files.isDirectory(folder)
        ? walk(folder, 1, files -> files.skip(1).sorted().toList())
        : List.of();
  }

  /**
   * Finds the shards.
   *
   * @param problems takes those that are left out
   * @throws UserError where one that is named is missing, or there are none
   */
  static Shards of(DataConfig config, List<Problem> problems) {
    DataRoot root = config.root();
    Map<Path, Optional<Split>> found = new LinkedHashMap<>();
    int named = 0;
    for (DataRoot.Part part : root.parts()) {
      for (Path path : paths(part.path(), config.limits(), problems)) {
        found.putIfAbsent(path, Split.of(part.split()));
        named++;
      }
    }
    if (named > found.size()) {
      String message = "shards named twice, read once: " + (named - found.size());
      problems.add(new Problem(root.folder(), 0, Problem.Kind.UNUSED, message));
    }
    Path base = base(root, found.keySet());
    return new Shards(base, withSplits(base, found, config.split()));
  }

  private static Path base(DataRoot root, Set<Path> shards) {
    if (root.parts().size() == 1 && Files.isDirectory(root.parts().get(0).path())) {
      return root.parts().get(0).path();
    }
    Path base = shards.iterator().next().getParent();
    for (Path shard : shards) {
      while (!shard.getParent().startsWith(base)) {
        base = base.getParent();
      }
    }
    return base;
  }

  private static List<Path> paths(Path path, LimitsConfig limits, List<Problem> problems) {
    if (!isPattern(path)) {
      return at(path, limits, problems);
    }
    List<Path> paths = new ArrayList<>();
    for (String place : path.toString().split(JOIN)) {
      paths.addAll(expanded(ProjectFolder.resolve(place), limits, problems));
    }
    return paths;
  }

  private static List<Path> expanded(Path pattern, LimitsConfig limits, List<Problem> problems) {
    List<Path> paths = new ArrayList<>();
    List<Path> missing = new ArrayList<>();
    for (String each : Braces.expand(pattern.toString())) {
      Path path = Path.of(each);
      if (Files.exists(path)) {
        paths.addAll(at(path, limits, problems));
      } else if (WILD.matcher(each).find()) {
        paths.addAll(matching(path));
      } else {
        missing.add(path);
      }
    }
    if (!missing.isEmpty()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: %,d of the shards named are missing: %s%s",
              pattern,
              missing.size(),
              missing.stream().limit(NAMED).map(Path::toString).collect(Collectors.joining(", ")),
              missing.size() > NAMED ? ", ..." : ""));
    }
    return paths;
  }

  /** What a pattern matches, in the order of the paths. */
  private static List<Path> matching(Path pattern) {
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
            files ->
                files
                    .filter(matcher::matches)
                    .filter(file -> isTar(file) || isCompressedTar(file))
                    .sorted()
                    .toList());
    if (matching.isEmpty()) {
      throw new UserError(pattern + ": no .tar file matches this pattern (data.root)");
    }
    return matching;
  }

  /** An archive, or what a folder holds. */
  private static List<Path> at(Path path, LimitsConfig limits, List<Problem> problems) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new UserError(path + ": no such shard or folder (data.root)");
    }
    List<Path> archives = archives(path);
    List<Path> shards = archives.isEmpty() ? foldersOfPictures(path) : archives;
    if (shards.isEmpty()) {
      throw new UserError(path + ": no .tar shards, and no pictures with .txt or .json beside them");
    }
    Enclosure enclosure = new Enclosure(path, limits);
    return shards.stream()
        .filter(
            shard -> {
              Optional<Problem> outside = enclosure.problem(shard, shard, 0);
              outside.map(Problem::skipping).ifPresent(problems::add);
              return outside.isEmpty();
            })
        .toList();
  }

  /** The archives below a folder, in order. */
  static List<Path> archives(Path folder) {
    return walk(
        folder,
        Integer.MAX_VALUE,
        files -> {
          List<Path> all =
              files
                  .filter(file -> isTar(file) || isCompressedTar(file))
                  .filter(file -> !isHidden(folder, file) && Files.isRegularFile(file))
                  .sorted()
                  .toList();
          List<Path> tars = all.stream().filter(Shards::isTar).toList();
          List<Path> packed =
              all.stream()
                  .filter(file -> !isTar(file))
                  .filter(file -> !tars.contains(unpacked(file)))
                  .toList();
          return packed.isEmpty() ? tars : all;
        });
  }

  private static Path unpacked(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.replaceFirst("(?i)\\.(tgz|tar\\.\\w+)$", Shard.TAR));
  }

  /** The folders that hold pictures directly, in order. */
  private static List<Path> foldersOfPictures(Path folder) {
    return walk(
        folder,
        Integer.MAX_VALUE,
        files ->
            List.copyOf(
                files
                    .filter(file -> ImageFiles.isReadable(file.getFileName().toString()))
                    .filter(file -> !isHidden(folder, file))
                    .map(Path::getParent)
                    .collect(Collectors.toCollection(TreeSet::new))));
  }

  private static boolean isHidden(Path folder, Path file) {
    for (Path name : folder.relativize(file)) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> walk(
      Path folder, int depth, Function<Stream<Path>, List<Path>> wanted) {
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
  private static List<Shard> withSplits(
      Path base, Map<Path, Optional<Split>> found, SplitRule rule) {
    List<Shard> shards = new ArrayList<>();
    Set<Split> told = new TreeSet<>();
    for (Map.Entry<Path, Optional<Split>> each : found.entrySet()) {
      String name = base.relativize(each.getKey()).toString().replace('\\', '/');
      String stem = isTar(each.getKey()) ? name.substring(0, name.length() - 4) : name;
      Optional<Split> split = each.getValue().or(() -> told(base.relativize(each.getKey()), stem));
      split.ifPresent(told::add);
      shards.add(new Shard(each.getKey(), stem, split));
    }
    boolean given = found.values().stream().anyMatch(Optional::isPresent);
    boolean used = given || told.size() > 1 || rule == SplitRule.GIVEN;
    if (used && (rule == SplitRule.GIVEN || rule == SplitRule.AUTO)) {
      requireAll(base, shards);
    }
    return used ? shards : shards.stream().map(Shard::withoutSplit).toList();
  }

  private static void requireAll(Path base, List<Shard> shards) {
    List<Shard> others = shards.stream().filter(shard -> shard.split().isEmpty()).toList();
    if (!others.isEmpty() && others.size() < shards.size()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d shards name no split, %s for one, the others do; use data.root:"
                  + " {train: ..., validation: ...}, or data.split: item or random",
              base,
              others.size(),
              shards.size(),
              others.get(0).name()));
    }
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
