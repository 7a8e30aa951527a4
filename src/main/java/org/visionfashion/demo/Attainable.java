package org.visionfashion.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.source.DeepFashionLayout;

/**
 * The best attainable retrieval: what somebody reaches who reads every label of every picture and
 * understands every caption, but cannot tell apart what has the same labels.
 *
 * <p>Image to text: the captions that hold for the picture, those that state more first, equals in
 * random order. Text to image: the pictures for which the caption holds, in random order. Recalls
 * are expected values over these orders, exact.
 */
public final class Attainable {

  /** Name of the file in the root of a demo set. */
  public static final String FILE = "attainable.json";

  private static final int FORMAT = 1;
  private static final int[] DEPTHS = {1, 5, 10};

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Attainable(List<Entry> entries) {
    entries.forEach(entry -> this.entries.put(entry.file(), entry));
  }

  /** A picture: what it shows and what its caption states. */
  record Entry(String file, Labels seen, List<Mention> mentions) {

    Entry {
      mentions = List.copyOf(mentions);
    }
  }

  /**
   * Attainable recalls of a set of pictures.
   *
   * @param pictures how many pictures with a caption there were
   */
  public record Recalls(int pictures, Recall imageToText, Recall textToImage) {}

  /** Expected share of queries whose partner is among the first 1, 5, 10. */
  public record Recall(double at1, double at5, double at10) {

    private static Recall of(double[] hits, int queries) {
      int n = Math.max(1, queries);
      return new Recall(hits[0] / n, hits[1] / n, hits[2] / n);
    }

    private Map<String, Double> json() {
      Map<String, Double> json = new LinkedHashMap<>();
      json.put("recall@1", at1);
      json.put("recall@5", at5);
      json.put("recall@10", at10);
      return json;
    }
  }

  static Attainable of(List<Entry> entries) {
    return new Attainable(entries);
  }

  /**
   * The attainable retrieval of a demo set; empty where the folder has none.
   *
   * @throws org.visionfashion.base.UserError where the file or the label files are damaged
   */
  public static Optional<Attainable> read(Path root) {
    Path file = root.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Contents contents = Json.read(file, Contents.class);
    Map<String, Labels> labels = LabelFiles.read(DeepFashionLayout.of(root));
    List<Entry> entries = new ArrayList<>();
    contents
        .mentions()
        .forEach(
            (name, text) -> {
              Labels seen = labels.getOrDefault(name, Labels.nothing());
              entries.add(new Entry(name, seen, mentions(text)));
            });
    return Optional.of(of(entries));
  }

  private static List<Mention> mentions(String text) {
    List<Mention> mentions = new ArrayList<>();
    for (String part : text.split(" ", -1)) {
      mentions.add(Mention.parse(part));
    }
    return mentions;
  }

  /** Form of the file: mentions are {@code group=code}, both as numbers, separated by spaces. */
  private record Contents(
      int format,
      int pictures,
      Map<String, Double> image_to_text,
      Map<String, Double> text_to_image,
      Map<String, String> mentions) {}

  void write(Path root) {
    Map<String, String> texts = new LinkedHashMap<>();
    entries.forEach(
        (file, entry) ->
            texts.put(
                file, String.join(" ", entry.mentions().stream().map(Mention::text).toList())));
    Recalls all = recall(List.copyOf(entries.keySet()));
    Json.write(
        root.resolve(FILE),
        new Contents(
            FORMAT, all.pictures(), all.imageToText().json(), all.textToImage().json(), texts));
  }

  /**
   * Recalls when exactly these pictures and their captions are searched.
   *
   * @param files file names as in {@code captions.json}; those without a caption are skipped
   */
  public Recalls recall(List<String> files) {
    List<Entry> some = files.stream().map(entries::get).filter(java.util.Objects::nonNull).toList();
    int n = some.size();
    Facts[] shown = some.stream().map(entry -> Facts.shown(entry.seen())).toArray(Facts[]::new);
    Facts[] stated = some.stream().map(entry -> Facts.of(entry.mentions())).toArray(Facts[]::new);
    int[] consistentPictures = new int[n];
    double[] imageToText = new double[DEPTHS.length];
    for (int image = 0; image < n; image++) {
      int better = 0;
      int equal = 0;
      for (int text = 0; text < n; text++) {
        if (stated[text].within(shown[image])) {
          consistentPictures[text]++;
          better += stated[text].count() > stated[image].count() ? 1 : 0;
          equal += stated[text].count() == stated[image].count() ? 1 : 0;
        }
      }
      add(imageToText, better, equal);
    }
    double[] textToImage = new double[DEPTHS.length];
    for (int count : consistentPictures) {
      add(textToImage, 0, count);
    }
    return new Recalls(n, Recall.of(imageToText, n), Recall.of(textToImage, n));
  }

  /** The partner stands behind {@code better} others, at a random place among {@code equal}. */
  private static void add(double[] hits, int better, int equal) {
    for (int i = 0; i < DEPTHS.length; i++) {
      hits[i] += Math.max(0, Math.min(1, (DEPTHS[i] - better) / (double) Math.max(1, equal)));
    }
  }

  /** A set of labels as bits: eight for each of the 18 groups. */
  private record Facts(long shape1, long shape2, long texture, int count) {

    @SuppressWarnings("EnumOrdinal") // any number of its own will do
    static Facts of(List<Mention> mentions) {
      long[] bits = new long[3];
      for (Mention mention : mentions) {
        int bit = mention.group().index() * 8 + mention.code();
        bits[bit / 64] |= 1L << (bit % 64);
      }
      return new Facts(bits[0], bits[1], bits[2], mentions.size());
    }

    static Facts shown(Labels seen) {
      return of(
          FashionLabel.ALL.stream()
              .filter(group -> !seen.isNa(group))
              .map(group -> new Mention(group, seen.get(group)))
              .toList());
    }

    boolean within(Facts other) {
      return (shape1 & ~other.shape1) == 0
          && (shape2 & ~other.shape2) == 0
          && (texture & ~other.texture) == 0;
    }
  }
}
