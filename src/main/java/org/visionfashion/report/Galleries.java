package org.visionfashion.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.visionfashion.data.Example;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.report.gallery.Cases;
import org.visionfashion.report.gallery.Search;
import org.visionfashion.report.picture.ContactSheet;
import org.visionfashion.report.picture.ContactSheet.Tile;
import org.visionfashion.report.picture.Thumbnails;
import org.visionfashion.report.table.Cell;

/** Retrieval to look at. */
final class Galleries {

  private static final int ANSWERS = 10;
  private static final int NEIGHBOURS = 5;
  private static final int TILE_HEIGHT = 108;

  private final EmbeddingTable table;
  private final Thumbnails thumbnails;
  private final long seed;

  /** The captioned examples. */
  private final List<Example> pairs;

  private final Search textToImage;
  private final Search imageToText;

  Galleries(EmbeddingTable table, Thumbnails thumbnails, long seed) {
    this.table = table;
    this.thumbnails = thumbnails;
    this.seed = seed;
    int[] rows = captioned(table);
    this.pairs = IntStream.of(rows).mapToObj(table.examples()::get).toList();
    float[][] image_PE =
        IntStream.of(rows).mapToObj(n -> table.image_NE()[n]).toArray(float[][]::new);
    float[][] text_PE =
        IntStream.of(rows).mapToObj(n -> table.text_NE()[n]).toArray(float[][]::new);
    this.textToImage = new Search(text_PE, image_PE);
    this.imageToText = new Search(image_PE, text_PE);
  }

  private static int[] captioned(EmbeddingTable table) {
    return IntStream.range(0, table.examples().size())
        .filter(n -> table.text_NE()[n] != null && table.examples().get(n).hasCaption())
        .toArray();
  }

  /**
   * A query with its answers.
   *
   * @param why it is shown
   * @param rank of the own answer; null where there is none
   * @param of how many candidates
   * @param picture CSS class of its picture
   * @param text its caption
   * @param answers the best ones, the best first
   * @param missed the own answer where it is not among them; else null
   */
  record Case(
      String why,
      String rank,
      String of,
      String picture,
      String text,
      List<Answer> answers,
      Answer missed) {}

  /**
   * One answer.
   *
   * @param hit whether it is right
   * @param equal whether its caption is the same as the query's
   */
  record Answer(String picture, String text, String score, boolean hit, boolean equal) {}

  /** Texts with the ten best pictures. */
  List<Case> textsWithPictures() {
    return cases(textToImage, 2, 4);
  }

  /** Of these the best and the worst query, as far as there are any. */
  List<Case> extremes() {
    List<Case> cases = textsWithPictures();
    return Stream.of(
            cases.stream().filter(c -> c.why().equals(Cases.Why.BEST.label())).findFirst(),
            cases.stream()
                .filter(c -> c.why().equals(Cases.Why.WORST.label()))
                .reduce((better, worse) -> worse))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Pictures with the ten best texts. */
  List<Case> picturesWithTexts() {
    return cases(imageToText, 1, 3);
  }

  private List<Case> cases(Search search, int each, int random) {
    return Cases.choose(search, each, random, seed).stream()
        .map(c -> retrieved(search, c))
        .toList();
  }

  private Case retrieved(Search search, Cases.Case chosen) {
    int query = chosen.query();
    float[] score_P = search.scores(query);
    List<Integer> best = Search.best(score_P, ANSWERS);
    Example example = pairs.get(query);
    return new Case(
        chosen.why().label(),
        String.format(Locale.ROOT, "%,d", Search.rank(score_P, query)),
        String.format(Locale.ROOT, "%,d", score_P.length),
        thumbnails.name(example.picture()),
        example.caption(),
        best.stream().map(p -> answer(query, p, score_P)).toList(),
        best.contains(query) ? null : answer(query, query, score_P));
  }

  private Answer answer(int query, int p, float[] score_P) {
    Example example = pairs.get(p);
    boolean equal = p != query && example.caption().equals(pairs.get(query).caption());
    return answer(example, score_P[p], p == query, equal);
  }

  private Answer answer(Example example, double score, boolean hit, boolean equal) {
    return new Answer(
        thumbnails.name(example.picture()), example.caption(), Cell.decimal(score, 2), hit, equal);
  }

  /** Random pictures with the ten pictures nearest to them; a hit shows the same item. */
  List<Case> neighbours() {
    if (table.examples().size() < 2) {
      return List.of();
    }
    Search search = new Search(table.image_NE(), table.image_NE());
    return Cases.shuffled(search.size(), seed).stream()
        .limit(NEIGHBOURS)
        .map(query -> neighbours(search, query))
        .toList();
  }

  private Case neighbours(Search search, int query) {
    float[] score_N = search.scores(query);
    Example example = table.examples().get(query);
    List<Answer> nearest =
        Search.best(score_N, ANSWERS + 1).stream()
            .filter(n -> n != query)
            .limit(ANSWERS)
            .map(
                n -> {
                  Example other = table.examples().get(n);
                  return answer(other, score_N[n], sameItem(example, other), false);
                })
            .toList();
    return new Case(
        Cases.Why.RANDOM.label(),
        null,
        null,
        thumbnails.name(example.picture()),
        example.caption(),
        nearest,
        null);
  }

  private static boolean sameItem(Example a, Example b) {
    return !a.item().isEmpty() && a.item().equals(b.item());
  }

  /** Cases as one picture for papers. */
  BufferedImage contactSheet(List<Case> cases) {
    return ContactSheet.of(cases.stream().map(this::row).toList(), TILE_HEIGHT, thumbnails.shape());
  }

  private ContactSheet.Row row(Case shown) {
    Stream<Tile> query = Stream.of(new Tile(thumbnails.image(shown.picture()), "", false));
    Stream<Tile> answers =
        shown.answers().stream()
            .map(each -> new Tile(thumbnails.image(each.picture()), each.score(), each.hit()));
    return new ContactSheet.Row(shown.text(), Stream.concat(query, answers).toList());
  }

  /** Random examples. */
  List<Example> random(int count) {
    return Cases.shuffled(pairs.size(), seed).stream().limit(count).map(pairs::get).toList();
  }

  /** Texts that ask for pictures; empty where there is no caption. */
  Optional<Search> search() {
    return pairs.isEmpty() ? Optional.empty() : Optional.of(textToImage);
  }
}
