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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Entry;
import org.visionfashion.data.ExamplesBuilder;
import org.visionfashion.data.FilePicture;
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
  private final Spellings classes;
  private final Set<Path> folders = new HashSet<>();

  public FolderSource(DataConfig config) {
    this.config = config;
    this.classes = new Spellings("categories", config.foldCase());
  }

  @Override
  public Dataset load() {
    Path root = config.root().path();
    if (!Files.isDirectory(root)) {
      throw new UserError(root + ": no such folder (data.root)");
    }
    Enclosure enclosure = new Enclosure(root, config.limits());
    boolean splitFolders = hasSplitFolders(root, enclosure);
    String given = splitFolders ? "the folders in " + root : "";
    List<Problem> problems = new ArrayList<>();
    try (ExamplesBuilder examples = new ExamplesBuilder(root)) {
      walk(root, new Reading(root, enclosure, splitFolders ? 1 : 0, examples, problems));
      if (examples.size() == 0) {
        throw noPictures(root, problems);
      }
      classes.noteCase(root, problems);
      classes.noteOne(root, problems);
      SplitRule rule = Splits.rule(config, given, false);
      return new Dataset(
          root.toAbsolutePath().normalize().getFileName().toString(),
          root,
          examples.scheme(),
          examples.build(rule, config, ExamplesBuilder.Repeats.IGNORED),
          problems.stream().sorted(Comparator.comparing(Problem::file)).toList(),
          false,
          rule == SplitRule.GIVEN);
    }
  }

  @Override
  public Set<Path> inputs() {
    return Set.copyOf(folders);
  }

  private static void walk(Path root, Walk walk) {
    try {
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException e) {
      throw new UserError(root + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static UserError noPictures(Path root, List<Problem> problems) {
    return new UserError(
        root
            + ": no pictures; expected a folder for each class with pictures in it"
            + problems.stream()
                .filter(Problem::skipped)
                .findFirst()
                .map(problem -> "; skipped " + problem)
                .orElse(""));
  }

  /** Whether the folders in the root are splits. */
  private static boolean hasSplitFolders(Path root, Enclosure enclosure) {
    Tops tops = new Tops(root, enclosure);
    walk(root, tops);
    List<String> splits = tops.names.stream().filter(top -> Split.of(top).isPresent()).toList();
    List<String> others = tops.names.stream().filter(top -> Split.of(top).isEmpty()).toList();
    if (!splits.isEmpty() && !others.isEmpty()) {
      throw new UserError(
          "%s: folders named as splits (%s) beside others (%s); with split folders, every class"
                  .formatted(root, String.join(", ", splits), String.join(", ", others))
              + " folder must be in one of them; otherwise rename them");
    }
    return !splits.isEmpty();
  }

  /** Goes through a tree of pictures, folder by folder. */
  private static class Walk extends SimpleFileVisitor<Path> {

    final Path root;
    private final Enclosure enclosure;

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
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    Optional<Problem> outside(Path path) {
      return enclosure.problem(path, path, 0);
    }

    boolean isOutside(Path path) {
      return outside(path).isPresent();
    }
  }

  /** The folders in the root that have a picture somewhere, each left once it has shown one. */
  private static final class Tops extends Walk {

    private final Set<String> names = new TreeSet<>();

    Tops(Path root, Enclosure enclosure) {
      super(root, enclosure);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return names.contains(top(folder))
          ? FileVisitResult.SKIP_SUBTREE
          : super.preVisitDirectory(folder, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      if (file.getParent().equals(root)
          || ImageFiles.isCompanion(name)
          || !ImageFiles.isReadable(name)
          || isOutside(file)) {
        return FileVisitResult.CONTINUE;
      }
      names.add(top(file));
      return FileVisitResult.SKIP_SIBLINGS;
    }

    private String top(Path path) {
      return root.relativize(path).getName(0).toString();
    }
  }

  /** Adds the pictures of a tree to the examples. */
  private final class Reading extends Walk {

    private final int depth;
    private final ExamplesBuilder examples;
    private final List<Problem> problems;

    /**
     * To read a tree once.
     *
     * @param depth below which folder the names of the classes are: 0 = the root
     */
    Reading(
        Path root,
        Enclosure enclosure,
        int depth,
        ExamplesBuilder examples,
        List<Problem> problems) {
      super(root, enclosure);
      this.depth = depth;
      this.examples = examples;
      this.problems = problems;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      FileVisitResult result = super.preVisitDirectory(folder, attributes);
      if (result == FileVisitResult.CONTINUE) {
        folders.add(folder);
      }
      return result;
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
        add(path);
      }
      return FileVisitResult.CONTINUE;
    }

    private void add(Path path) {
      if (path.getNameCount() <= depth + 1) {
        skip(root.resolve(path), Kind.UNLABELLED, "is in no class folder; skipped");
        return;
      }
      String name = path.getName(depth).toString().replace('_', ' ');
      String label = classes.of(Captions.normalise(name));
      String caption = Captions.normalise(config.template().replace("{}", label));
      examples.add(
          new Entry(
              path.toString().replace(path.getFileSystem().getSeparator(), "/"),
              new FilePicture(root.resolve(path)),
              caption.isEmpty() ? List.of() : List.of(caption),
              label,
              List.of(),
              "",
              depth == 0 ? Optional.empty() : Split.of(path.getName(0).toString()),
              0));
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      Problem problem = new Problem(file, 0, Kind.OTHER, "cannot be read: " + e);
      problems.add(e instanceof FileSystemLoopException ? problem : problem.skipping());
      return FileVisitResult.CONTINUE;
    }

    @Override
    boolean isOutside(Path path) {
      Optional<Problem> problem = outside(path);
      problem.map(Problem::skipping).ifPresent(problems::add);
      return problem.isPresent();
    }

    private void skip(Path file, Kind kind, String message) {
      problems.add(new Problem(file, 0, kind, message).skipping());
    }
  }
}
