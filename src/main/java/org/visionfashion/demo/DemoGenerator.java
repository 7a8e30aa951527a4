package org.visionfashion.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;
import org.visionfashion.data.FileName;
import org.visionfashion.data.Progress;
import org.visionfashion.data.source.DeepFashionLayout;

/**
 * Draws the demo set in the layout of DeepFashion-MultiModal. The same specification gives the same
 * bytes on any number of threads; a drawing that was cut off is resumed where it stopped.
 */
public final class DemoGenerator {

  /** Written last: a folder that has it holds a complete set. */
  public static final String MANIFEST = DeepFashionLayout.DEMO_MANIFEST;

  private static final String STARTED = "demo.started.json";

  /** Raised whenever the same specification gives other pictures or words. */
  private static final int FORMAT = 3;

  private static final String FROM_SEED = "seed";
  private static final String FROM_LABELS = "labels";

  private DemoGenerator() {}

  private record Manifest(int format, String from, int size, long seed, int width) {}

  /** Whether the folder holds all of this set. */
  public static boolean isComplete(Path root, DemoSpec spec) {
    return manifest(root).filter(spec::equals).isPresent();
  }

  /** What the folder's set was drawn from; empty where there is none or it is not complete. */
  public static Optional<DemoSpec> manifest(Path root) {
    return manifest(root.resolve(MANIFEST), FROM_SEED)
        .map(found -> new DemoSpec(found.size(), found.seed(), found.width()));
  }

  private static Optional<Manifest> manifest(Path file, String from) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    return Optional.of(Json.read(file, Manifest.class))
        .filter(found -> found.format() == FORMAT && found.from().equals(from));
  }

  /**
   * Draws a set; nothing is done where it is complete already.
   *
   * @param threads how many pictures are drawn at once
   * @throws UserError where the folder is neither empty nor a demo set
   */
  public static void draw(Path root, DemoSpec spec, int threads, Progress progress) {
    if (isComplete(root, spec)) {
      return;
    }
    Manifest manifest = new Manifest(FORMAT, FROM_SEED, spec.size(), spec.seed(), spec.width());
    List<FileName> names = Catalogue.of(spec);
    begin(root, manifest);
    new DrawingPool(root.resolve("images"), spec.width(), threads, progress)
        .draw(names.size(), i -> Picture.of(names.get(i), spec.seed()));
    describe(root, names.stream().map(name -> Picture.of(name, spec.seed())).toList(), spec.seed());
    end(root, manifest);
  }

  /**
   * Draws one picture for every picture that existing label files name, and takes labels and
   * captions over. Where there is no {@code captions.json}, captions are written.
   *
   * @param labels a data set's root or its labels folder; nested {@code labels/labels} is found
   * @param out the new data set
   * @throws UserError where label files are missing or damaged, or {@code out} is neither empty nor
   *     a demo set
   */
  public static void drawLabels(Path labels, Path out, int width, int threads, Progress progress) {
    DeepFashionLayout from = labels(labels);
    DeepFashionLayout to = DeepFashionLayout.of(out);
    SortedMap<String, Labels> seen = LabelFiles.read(from);
    List<FileName> names =
        seen.keySet().stream().map(file -> FileName.parse(file).orElseThrow()).toList();
    IntFunction<Picture> picture =
        i -> Picture.showing(seen.get(names.get(i).toString()), names.get(i), 0);
    Manifest manifest = new Manifest(FORMAT, FROM_LABELS, names.size(), 0, width);
    begin(out, manifest);
    new DrawingPool(to.images(), width, threads, progress).draw(names.size(), picture);
    if (Files.isRegularFile(from.captions())) {
      copy(from.shape(), to.shape());
      copy(from.fabric(), to.fabric());
      copy(from.pattern(), to.pattern());
      copy(from.captions(), to.captions());
    } else {
      describe(out, IntStream.range(0, names.size()).mapToObj(picture).toList(), 0);
    }
    end(out, manifest);
  }

  /** Where labels and captions lie: below the root of a data set, or in and above their folder. */
  private static DeepFashionLayout labels(Path given) {
    DeepFashionLayout layout = DeepFashionLayout.of(given);
    if (!layout.isLabelled()) {
      Path above = given.toAbsolutePath().normalize().getParent();
      Path beside = given.resolve("captions.json");
      Path captions =
          Files.exists(beside) || above == null ? beside : above.resolve("captions.json");
      layout = new DeepFashionLayout(given, captions, given);
    }
    if (!layout.isLabelled()) {
      throw new UserError(
          given
              + ": no label files; expected for example labels/shape/shape_anno_all.txt below it");
    }
    return layout;
  }

  private static void copy(Path from, Path to) {
    if (!Files.isRegularFile(from)) {
      return;
    }
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes room: pictures of another demo set go, those of the same drawing stay. */
  private static void begin(Path root, Manifest manifest) {
    Path images = root.resolve("images");
    Path started = root.resolve(STARTED);
    try {
      requireOwn(root);
      if (manifest(started, manifest.from()).filter(manifest::equals).isEmpty()) {
        for (Path drawn : entries(images)) {
          Files.delete(drawn);
        }
      }
      Files.createDirectories(root);
      Json.write(started, manifest); // first of all: it says whose folder this is
      Files.createDirectories(images);
      Files.deleteIfExists(root.resolve(MANIFEST));
      Files.deleteIfExists(root.resolve(Attainable.FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing is drawn over what was not drawn here. */
  private static void requireOwn(Path root) throws IOException {
    List<Path> there = entries(root);
    there.remove(root.resolve(STARTED + Json.PART));
    boolean marked =
        there.contains(root.resolve(MANIFEST)) || there.contains(root.resolve(STARTED));
    if (!there.isEmpty() && !marked) {
      throw new UserError(
          "%s: not empty and not a demo set (it has %s); draw into a new or empty folder"
              .formatted(root, there.get(0).getFileName()));
    }
    for (Path file : entries(root.resolve("images"))) {
      String name = file.getFileName().toString().replace(Json.PART, "");
      if (FileName.parse(name).isEmpty()) {
        throw new UserError(
            "%s: not drawn for this demo set; move it away or draw into another folder"
                .formatted(file));
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new ArrayList<>();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private static void end(Path root, Manifest manifest) {
    Json.write(root.resolve(MANIFEST), manifest);
    try {
      Files.deleteIfExists(root.resolve(STARTED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Labels, captions and what they attain. */
  private static void describe(Path root, List<Picture> pictures, long seed) {
    SortedMap<String, Labels> labels = new TreeMap<>();
    Map<String, String> captions = new TreeMap<>();
    List<Attainable.Entry> entries = new ArrayList<>();
    for (Picture picture : pictures) {
      String file = picture.name().toString();
      labels.put(file, picture.seen());
      CaptionWriter.Caption caption = picture.caption(seed);
      if (picture.described() && !caption.text().isEmpty()) {
        captions.put(file, caption.text());
        entries.add(new Attainable.Entry(file, picture.seen(), caption.mentions()));
      }
    }
    DeepFashionLayout layout = DeepFashionLayout.of(root);
    try {
      LabelFiles.write(layout, labels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Json.write(layout.captions(), captions);
    Attainable.of(entries).write(root);
  }
}
