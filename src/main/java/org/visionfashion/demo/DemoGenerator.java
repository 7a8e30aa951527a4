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
import java.util.stream.Stream;
import org.visionfashion.data.DataException;
import org.visionfashion.data.Progress;

/**
 * Draws the demo set in the layout of DeepFashion-MultiModal. The same specification gives the same
 * bytes on any number of threads; a drawing that was cut off goes on where it stopped.
 */
public final class DemoGenerator {

  /** Written last: where it stands, the set is complete. */
  public static final String MANIFEST = "demo.json";

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
   * @throws DataException where the folder holds pictures that are not a demo set
   */
  public static void draw(Path root, DemoSpec spec, int threads, Progress progress) {
    if (isComplete(root, spec)) {
      return;
    }
    Manifest manifest = new Manifest(FORMAT, FROM_SEED, spec.size(), spec.seed(), spec.width());
    List<PictureName> names = Catalogue.of(spec);
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
   * @throws DataException where label files are missing or damaged, or {@code out} holds other
   *     pictures
   */
  public static void drawLabels(Path labels, Path out, int width, int threads, Progress progress) {
    Path folder = labelsFolder(labels);
    SortedMap<String, Labels> seen = LabelFiles.read(folder);
    List<String> files = List.copyOf(seen.keySet());
    List<PictureName> names = files.stream().map(file -> name(file, folder)).toList();
    Manifest manifest = new Manifest(FORMAT, FROM_LABELS, files.size(), 0, width);
    begin(out, manifest);
    new DrawingPool(out.resolve("images"), width, threads, progress)
        .draw(files.size(), i -> Picture.showing(seen.get(files.get(i)), names.get(i), 0));
    Optional<Path> captions = captions(labels, folder);
    if (captions.isPresent()) {
      copyLabels(folder, out.resolve("labels"));
      copy(captions.get(), out.resolve("captions.json"));
    } else {
      describe(
          out, names.stream().map(n -> Picture.showing(seen.get(n.toString()), n, 0)).toList(), 0);
    }
    end(out, manifest);
  }

  private static PictureName name(String file, Path folder) {
    return PictureName.parse(file)
        .orElseThrow(
            () ->
                new DataException(
                    folder
                        + ": "
                        + file
                        + " is not a name of this data set, for example"
                        + " WOMEN-Dresses-id_00000001-01_1_front.jpg"));
  }

  private static Path labelsFolder(Path given) {
    return Stream.of(given, given.resolve("labels"), given.resolve("labels/labels"))
        .filter(
            folder ->
                Stream.of(LabelFiles.values()).anyMatch(file -> Files.exists(file.in(folder))))
        .findFirst()
        .orElse(given);
  }

  private static Optional<Path> captions(Path given, Path folder) {
    Path parent = folder.toAbsolutePath().getParent();
    return Stream.of(given, parent, parent.getParent())
        .filter(java.util.Objects::nonNull)
        .map(place -> place.resolve("captions.json"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static void copyLabels(Path from, Path to) {
    for (LabelFiles file : LabelFiles.values()) {
      if (Files.isRegularFile(file.in(from))) {
        copy(file.in(from), file.in(to));
      }
    }
  }

  private static void copy(Path from, Path to) {
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
      Files.createDirectories(images);
      boolean sameDrawing = manifest(started, manifest.from()).filter(manifest::equals).isPresent();
      boolean demo = Files.exists(started) || Files.exists(root.resolve(MANIFEST));
      if (!sameDrawing) {
        empty(images, demo);
      }
      Json.write(started, manifest);
      Files.deleteIfExists(root.resolve(MANIFEST));
      Files.deleteIfExists(root.resolve(Attainable.FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void empty(Path images, boolean demo) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.list(images)) {
      old = files.toList();
    }
    if (!old.isEmpty() && !demo) {
      throw new DataException(
          images + " holds pictures that are not a demo set; choose an empty folder");
    }
    for (Path file : old) {
      Files.deleteIfExists(file);
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
    LabelFiles.write(root.resolve("labels"), labels);
    Json.write(root.resolve("captions.json"), captions);
    Attainable.of(entries).write(root);
  }
}
