package org.visionfashion.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
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

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern TEXT = Pattern.compile(".*\\.(txt|json)", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMPRESSED =
      Pattern.compile(".*\\.(tgz|tar\\.(gz|zst|xz|bz2|lz4))", Pattern.CASE_INSENSITIVE);

  private static final RootFiles.Kind KIND =
      new RootFiles.Kind() {
        @Override
        public String ending() {
          return Shard.TAR;
        }

        @Override
        public boolean isNamed(Path file) {
          return isTar(file) || isCompressedTar(file);
        }

        @Override
        public List<Path> in(Path folder) {
          List<Path> archives = archives(folder);
          List<Path> shards = archives.isEmpty() ? foldersOfPictures(folder) : archives;
          if (shards.isEmpty()) {
            throw new UserError(
                folder + ": no .tar shards, and no pictures with .txt or .json beside them");
          }
          return shards;
        }
      };

  /** Whether a file is named as an archive is. */
  static boolean isTar(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(Shard.TAR);
  }

  /** Whether a file is named as a compressed archive is. */
  static boolean isCompressedTar(Path file) {
    return COMPRESSED.matcher(file.toString()).matches();
  }

  /**
   * Finds the shards.
   *
   * @param problems takes those that are left out
   * @throws UserError where one that is named is missing, or there are none
   */
  static Shards of(DataConfig config, List<Problem> problems) {
    RootFiles files = RootFiles.of(config, KIND, problems);
    return new Shards(
        files.base(),
        files.list().stream()
            .map(file -> new Shard(file.path(), file.name(), file.split()))
            .toList());
  }

  /** Whether a path is that of an archive, or stands for several. */
  static boolean isNamedBy(Path path) {
    return RootFiles.isNamedBy(path, KIND);
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
        ? RootFiles.walk(folder, 1, files -> files.skip(1).sorted().toList())
        : List.of();
  }

  /** The archives below a folder, in order. */
  static List<Path> archives(Path folder) {
    return RootFiles.walk(
        folder,
        Integer.MAX_VALUE,
        files -> {
          List<Path> all =
              files
                  .filter(file -> isTar(file) || isCompressedTar(file))
                  .filter(file -> !RootFiles.isHidden(folder, file) && Files.isRegularFile(file))
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
    return RootFiles.walk(
        folder,
        Integer.MAX_VALUE,
        files ->
            List.copyOf(
                files
                    .filter(file -> ImageFiles.isReadable(file.getFileName().toString()))
                    .filter(file -> !RootFiles.isHidden(folder, file))
                    .map(Path::getParent)
                    .collect(Collectors.toCollection(TreeSet::new))));
  }
}
