package org.visionfashion.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.FileName;
import org.visionfashion.data.FilePicture;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Problem.Kind;
import org.visionfashion.data.Split;
import org.visionfashion.data.Splits;
import org.visionfashion.data.source.CaptionFile.Caption;
import org.visionfashion.data.source.LabelFile.Labels;

/**
 * DeepFashion-MultiModal (Jiang et al. 2022) as it is published, and the demo set, which is drawn
 * in the same layout.
 *
 * <p>An example is a picture that lies in the image folder and that a label file or a caption
 * names. Pictures of one product share the item, the eight digits of the name: some products are
 * listed under two clothing types.
 *
 * <p>The random split shares out the pictures with and those without a shape line apart from each
 * other, so that the 42,544 pictures the paper used fall 29,780 / 6,381 / 6,383 at 70/15/15.
 */
public final class DeepFashionSource implements DataSource {

  private final DeepFashionLayout layout;
  private final DataConfig config;
  private final Path folder;
  private final Enclosure enclosure;

  /** Reads the published layout below {@code data.root}. */
  public DeepFashionSource(DataConfig config) {
    this(DeepFashionLayout.of(config.root().path()), config, config.root().path());
  }

  /** Reads the parts from wherever they lie. */
  public DeepFashionSource(DeepFashionLayout layout, DataConfig config) {
    this(layout, config, layout.images());
  }

  private DeepFashionSource(DeepFashionLayout layout, DataConfig config, Path folder) {
    this.layout = layout;
    this.config = config;
    this.folder = folder;
    this.enclosure = new Enclosure(folder, config.limits());
  }

  @Override
  public Dataset load() {
    checkLayout();
    checkEnclosed();
    List<Problem> problems = new ArrayList<>();
    Annotations annotations =
        new Annotations(
            LabelFile.read(layout.shape(), FashionLabel.SHAPE, config.limits(), problems),
            LabelFile.read(layout.fabric(), FashionLabel.FABRIC, config.limits(), problems),
            LabelFile.read(layout.pattern(), FashionLabel.PATTERN, config.limits(), problems),
            CaptionFile.read(layout.captions(), config, problems));
    Map<String, FileName> pictures = match(annotations, problems);
    noteGaps(annotations, pictures.keySet(), problems);
    return new Dataset(
        layout.isDemo() ? "demo" : "DeepFashion-MultiModal",
        config.root().folder(),
        new DeepFashionEncoder(config.labels()).scheme(),
        examples(annotations, pictures),
        problems);
  }

  private void checkLayout() {
    if (!Files.isDirectory(layout.images())) {
      throw new UserError(
          layout.images() + ": no such folder; data.root must hold images, labels, captions.json");
    }
    if (!layout.isAnnotated()) {
      throw new UserError(
          config.root() + ": neither labels nor captions.json; expected " + layout.shape());
    }
  }

  /** The parts of a data set that was unpacked may be links. */
  private void checkEnclosed() {
    List<Path> parts = new ArrayList<>(layout.labelFiles());
    parts.add(layout.captions());
    parts.add(layout.images());
    parts.stream()
        .filter(part -> part.startsWith(folder))
        .flatMap(part -> enclosure.problem(part, part, 0).stream())
        .findFirst()
        .ifPresent(
            problem -> {
              throw new UserError(problem.message());
            });
  }

  /** The pictures that are both named and there, in order; reports the others. */
  private Map<String, FileName> match(Annotations annotations, List<Problem> problems) {
    Set<String> onDisk = new ImageFiles().names(layout.images());
    Map<String, FileName> pictures = new TreeMap<>();
    Map<String, String> places = annotations.places(layout);
    places.forEach(
        (name, place) -> {
          Optional<Problem> problem = problem(name, place, onDisk);
          problem.ifPresent(problems::add);
          if (problem.isEmpty()) {
            pictures.put(name, FileName.parse(name).orElseThrow());
          }
        });
    for (String name : new TreeSet<>(onDisk)) {
      if (!places.containsKey(name) && !ImageFiles.isCompanion(name)) {
        problems.add(
            new Problem(image(name), 0, Kind.UNLABELLED, "neither labels nor a caption; not used"));
      }
    }
    return pictures;
  }

  /** Why a picture that is named cannot be used; empty where it can. */
  private Optional<Problem> problem(String name, String place, Set<String> onDisk) {
    if (onDisk.contains(name)) {
      return enclosure.problem(image(name), image(name), 0).map(Problem::skipping);
    }
    String message =
        "no such picture, but %s names it; restore it or remove its lines".formatted(place);
    return Optional.of(new Problem(image(name), 0, Kind.MISSING_IMAGE, message).skipping());
  }

  /** One note a file on the pictures that it has no line for; the published data have 1,552. */
  private void noteGaps(Annotations annotations, Set<String> pictures, List<Problem> problems) {
    noteGap(layout.shape(), annotations.shape().keySet(), "labels", pictures, problems);
    noteGap(layout.fabric(), annotations.fabric().keySet(), "labels", pictures, problems);
    noteGap(layout.pattern(), annotations.pattern().keySet(), "labels", pictures, problems);
    noteGap(layout.captions(), annotations.captions().keySet(), "caption", pictures, problems);
  }

  private static void noteGap(
      Path file, Set<String> named, String what, Set<String> pictures, List<Problem> problems) {
    long gap = pictures.stream().filter(name -> !named.contains(name)).count();
    if (gap > 0 && Files.exists(file)) {
      String message = "%,d of %,d pictures have no %s here".formatted(gap, pictures.size(), what);
      problems.add(new Problem(file, 0, Kind.UNLABELLED, message));
    }
  }

  private List<Example> examples(Annotations annotations, Map<String, FileName> pictures) {
    DeepFashionEncoder encoder = new DeepFashionEncoder(config.labels());
    Map<String, Split> splits = splits(annotations, pictures);
    List<Example> examples = new ArrayList<>(pictures.size());
    pictures.forEach(
        (id, name) -> {
          int[] shape = codes(annotations.shape(), id, DeepFashionEncoder.NO_SHAPE);
          int[] fabric = codes(annotations.fabric(), id, DeepFashionEncoder.NO_FABRIC);
          int[] pattern = codes(annotations.pattern(), id, DeepFashionEncoder.NO_PATTERN);
          Caption caption = annotations.captions().get(id);
          examples.add(
              new Example(
                  id,
                  new FilePicture(image(id)),
                  caption == null ? List.of() : caption.texts(),
                  encoder.category(name.clothing().orElseThrow(), shape),
                  encoder.attributes(shape, fabric, pattern),
                  name.item(),
                  splits.get(id)));
        });
    return examples;
  }

  private Map<String, Split> splits(Annotations annotations, Map<String, FileName> pictures) {
    Map<String, String> complete = new HashMap<>();
    Map<String, String> others = new HashMap<>();
    pictures.forEach(
        (id, name) ->
            (annotations.shape().containsKey(id) ? complete : others).put(id, name.item()));
    SplitRule rule = Splits.rule(config, "", true);
    Map<String, Split> splits = new HashMap<>(Splits.assign(complete, rule, config));
    splits.putAll(Splits.assign(others, rule, config));
    return splits;
  }

  private static int[] codes(Map<String, Labels> labels, String id, int[] otherwise) {
    Labels found = labels.get(id);
    return found == null ? otherwise : found.codes();
  }

  private Path image(String name) {
    return layout.images().resolve(name);
  }

  /** Everything the label files and the captions say, by file name. */
  private record Annotations(
      Map<String, Labels> shape,
      Map<String, Labels> fabric,
      Map<String, Labels> pattern,
      Map<String, Caption> captions) {

    /** Every name, with the first file and line that has it. */
    Map<String, String> places(DeepFashionLayout layout) {
      Map<String, String> places = new TreeMap<>();
      shape.forEach((name, labels) -> put(places, name, layout.shape(), labels.line()));
      fabric.forEach((name, labels) -> put(places, name, layout.fabric(), labels.line()));
      pattern.forEach((name, labels) -> put(places, name, layout.pattern(), labels.line()));
      captions.forEach((name, caption) -> put(places, name, layout.captions(), caption.line()));
      return places;
    }

    private static void put(Map<String, String> places, String name, Path file, int line) {
      places.putIfAbsent(name, file.getFileName() + ":" + line);
    }
  }
}
