package org.visionfashion.data.source;

import java.io.IOException;
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
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Split;
import org.visionfashion.data.Splits;
import org.visionfashion.data.text.Captions;

/**
 * Pictures in class folders: {@code root/long_sleeve/1.jpg} is an example of the category "long
 * sleeve". Folders below a class folder belong to the class. The id is the path below the root, and
 * each picture is an item of its own. The caption comes from the template {@code data.template}.
 */
public final class FolderSource implements DataSource {

  private final DataConfig config;

  public FolderSource(DataConfig config) {
    this.config = config;
  }

  @Override
  public Dataset load() {
    Path root = config.root();
    if (!Files.isDirectory(root)) {
      throw new UserError(root + ": no such folder (data.root)");
    }
    Walk walk = new Walk(root, new Enclosure(root, config.limits()));
    try {
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException e) {
      throw new UserError(root + ": cannot be listed: " + e.getMessage(), e);
    }
    if (walk.classOfId.isEmpty()) {
      throw new UserError(
          root + ": no pictures; expected a folder for each class with pictures in it");
    }
    LabelScheme scheme =
        LabelSchemes.custom(List.copyOf(new TreeSet<>(walk.classOfId.values())), List.of());
    return new Dataset(
        root.toAbsolutePath().normalize().getFileName().toString(),
        root,
        scheme,
        examples(walk.classOfId, scheme),
        walk.problems.stream().sorted(Comparator.comparing(Problem::file)).toList());
  }

  private List<Example> examples(Map<String, String> classOfId, LabelScheme scheme) {
    Map<String, String> itemOfId = new HashMap<>();
    classOfId.keySet().forEach(id -> itemOfId.put(id, id));
    Map<String, Split> splits = Splits.assign(itemOfId, config);
    List<Example> examples = new ArrayList<>();
    classOfId.forEach(
        (id, name) ->
            examples.add(
                new Example(
                    id,
                    config.root().resolve(id),
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
    private final Map<String, String> classOfId = new TreeMap<>();
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
      if (ImageFiles.isCompanion(name)) {
        return FileVisitResult.CONTINUE;
      }
      Path path = root.relativize(file);
      if (ImageFiles.isUnreadable(name)) {
        report(file, Kind.UNREADABLE_IMAGE, "format is not supported; convert it to JPEG or PNG");
      } else if (!ImageFiles.isReadable(name)) {
        report(file, Kind.UNUSED, "not a picture");
      } else if (path.getNameCount() == 1) {
        report(file, Kind.UNLABELLED, "lies in no class folder; left out");
      } else if (!isOutside(file)) {
        String folder = path.getName(0).toString();
        String id = path.toString().replace(path.getFileSystem().getSeparator(), "/");
        classOfId.put(id, Captions.normalise(folder.replace('_', ' ')));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      report(file, Kind.OTHER, "cannot be read: " + e);
      return FileVisitResult.CONTINUE;
    }

    private boolean isOutside(Path path) {
      Optional<Problem> problem = enclosure.problem(path, path, 0);
      problem.ifPresent(problems::add);
      return problem.isPresent();
    }

    private void report(Path file, Kind kind, String message) {
      problems.add(new Problem(file, 0, kind, message));
    }
  }
}
