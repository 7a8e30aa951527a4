package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Split;
import org.visionfashion.data.Splits;
import org.visionfashion.data.text.Captions;

/**
 * Pictures in class folders: {@code root/long_sleeve/1.jpg} is an example of the category "long
 * sleeve". Folders below a class folder belong to the class. Where the folders in the root are
 * named as splits are ({@link Split#of}), the classes are the folders below them: {@code
 * root/train/long_sleeve/1.jpg}.
 *
 * <p>The id is the path below the root, and each picture is an item of its own. The caption comes
 * from the template {@code data.template}.
 */
public final class FolderSource implements DataSource {

  private final DataConfig config;

  public FolderSource(DataConfig config) {
    this.config = config;
  }

  @Override
  public Dataset load() {
    Path root = config.root().path();
    if (!Files.isDirectory(root)) {
      throw new UserError(root + ": no such folder (data.root)");
    }
    Walk walk = new Walk(root, new Enclosure(root, config.limits()));
    try {
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException e) {
      throw new UserError(root + ": cannot be listed: " + e.getMessage(), e);
    }
    boolean splitFolders = hasSplitFolders(root, walk.pictures.values());
    Map<String, String> classOfId = classes(walk, splitFolders ? 1 : 0);
    if (classOfId.isEmpty()) {
      throw new UserError(
          root
              + ": no pictures; expected a folder for each class with pictures in it"
              + walk.problems.stream()
                  .filter(Problem::skipped)
                  .findFirst()
                  .map(problem -> "; skipped " + problem)
                  .orElse(""));
    }
    LabelScheme scheme =
        LabelSchemes.custom(List.copyOf(new TreeSet<>(classOfId.values())), List.of());
    String given = splitFolders ? "the folders in " + config.root() : "";
    SplitRule rule = Splits.rule(config, given, false);
    Map<String, Split> splits = splits(classOfId, walk.pictures, rule);
    return new Dataset(
        root.toAbsolutePath().normalize().getFileName().toString(),
        root,
        scheme,
        Examples.of(examples(classOfId, scheme, splits)),
        walk.problems.stream().sorted(Comparator.comparing(Problem::file)).toList(),
        false,
        rule == SplitRule.GIVEN);
  }

  /** Whether the folders in the root are splits. */
  private static boolean hasSplitFolders(Path root, Iterable<Path> pictures) {
    TreeSet<String> splits = new TreeSet<>();
    TreeSet<String> others = new TreeSet<>();
    for (Path picture : pictures) {
      String top = picture.getName(0).toString();
      (Split.of(top).isPresent() ? splits : others).add(top);
    }
    if (!splits.isEmpty() && !others.isEmpty()) {
      throw new UserError(
          "%s: folders named as splits (%s) beside others (%s); with split folders, every class"
                  .formatted(root, String.join(", ", splits), String.join(", ", others))
              + " folder must be in one of them; otherwise rename them");
    }
    return !splits.isEmpty();
  }

  /** The class of each id: the folder at this depth. */
  private static Map<String, String> classes(Walk walk, int depth) {
    Map<String, String> classOfId = new TreeMap<>();
    walk.pictures.forEach(
        (id, path) -> {
          if (path.getNameCount() <= depth + 1) {
            walk.skip(walk.root.resolve(path), Kind.UNLABELLED, "is in no class folder; skipped");
          } else {
            String name = path.getName(depth).toString().replace('_', ' ');
            classOfId.put(id, Captions.normalise(name));
          }
        });
    return classOfId;
  }

  private Map<String, Split> splits(
      Map<String, String> classOfId, Map<String, Path> pictures, SplitRule rule) {
    Map<String, String> itemOfId = new HashMap<>();
    Map<String, Split> splits = new HashMap<>();
    for (String id : classOfId.keySet()) {
      itemOfId.put(id, id);
      Split.of(pictures.get(id).getName(0).toString()).ifPresent(split -> splits.put(id, split));
    }
    return rule == SplitRule.GIVEN ? splits : Splits.assign(itemOfId, rule, config);
  }

  private List<Example> examples(
      Map<String, String> classOfId, LabelScheme scheme, Map<String, Split> splits) {
    List<Example> examples = new ArrayList<>();
    classOfId.forEach(
        (id, name) ->
            examples.add(
                new Example(
                    id,
                    config.root().path().resolve(id),
                    Captions.normalise(config.template().replace("{}", name)),
                    scheme.categories().indexOf(name),
                    new byte[0],
                    id,
                    splits.get(id))));
    return examples;
  }

  /** Collects the pictures of a tree in the order of their ids. */
  private static final class Walk extends SimpleFileVisitor<Path> {

    private final Path root;
    private final Enclosure enclosure;
    private final Map<String, Path> pictures = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Walk(Path root, Enclosure enclosure) {
      this.root = root;
      this.enclosure = enclosure;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean skip =
          !folder.equals(root)
              && (ImageFiles.isCompanion(folder.getFileName().toString()) || isOutside(folder));
      return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      Path path = root.relativize(file);
      if (ImageFiles.isCompanion(name)) {
        return FileVisitResult.CONTINUE;
      } else if (ImageFiles.isUnreadable(name)) {
        skip(file, Kind.UNREADABLE_IMAGE, "format is not supported; convert it to JPEG or PNG");
      } else if (!ImageFiles.isReadable(name)) {
        problems.add(new Problem(file, 0, Kind.UNUSED, "not a picture"));
      } else if (path.getNameCount() == 1) {
        skip(file, Kind.UNLABELLED, "is in no class folder; skipped");
      } else if (!isOutside(file)) {
        pictures.put(path.toString().replace(path.getFileSystem().getSeparator(), "/"), path);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      Problem problem = new Problem(file, 0, Kind.OTHER, "cannot be read: " + e);
      problems.add(e instanceof FileSystemLoopException ? problem : problem.skipping());
      return FileVisitResult.CONTINUE;
    }

    private boolean isOutside(Path path) {
      Optional<Problem> problem = enclosure.problem(path, path, 0);
      problem.map(Problem::skipping).ifPresent(problems::add);
      return problem.isPresent();
    }

    private void skip(Path file, Kind kind, String message) {
      problems.add(new Problem(file, 0, kind, message).skipping());
    }
  }
}
