package org.visionfashion.report;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.visionfashion.data.Example;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.metrics.Items;
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
  private final List<Example> examples;

  private final Direction textToImage;
  private final Direction imageToText;

  /** One side of a pair: a picture with all of its captions, or with the one that is meant. */
  private record Side(Example example, List<String> captions) {

    String text() {
      return captions.get(0);
    }

    boolean sharesCaption(Side other) {
      return !Collections.disjoint(captions, other.captions);
    }
  }

  /** A search with what its rows stand for. */
  private record Direction(Search search, List<Side> queries, List<Side> candidates) {}

  Galleries(EmbeddingTable table, Thumbnails thumbnails, long seed) {
    this.table = table;
    this.thumbnails = thumbnails;
    this.seed = seed;
    EmbeddingTable.Captioned captioned = table.captioned();
    this.examples = captioned.examples();
    int[] owner_M = captioned.owner_M();
    List<String> captions = captioned.captions();
    List<Side> pictures =
        examples.stream().map(example -> new Side(example, example.captions())).toList();
    List<Side> texts =
        IntStream.range(0, owner_M.length)
            .mapToObj(m -> new Side(examples.get(owner_M[m]), List.of(captions.get(m))))
            .toList();
    int[][] image_M = Arrays.stream(owner_M).mapToObj(p -> new int[] {p}).toArray(int[][]::new);
    this.textToImage =
        new Direction(
            new Search(captioned.text_ME(), captioned.image_PE(), image_M), texts, pictures);
    this.imageToText =
        new Direction(
            new Search(
                captioned.image_PE(),
                captioned.text_ME(),
                new Items(owner_M, examples.size()).members()),
            pictures,
            texts);
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

  private List<Case> cases(Direction direction, int each, int random) {
    return Cases.choose(direction.search, each, random, seed).stream()
        .map(c -> retrieved(direction, c))
        .toList();
  }

  private Case retrieved(Direction direction, Cases.Case chosen) {
    Search search = direction.search;
    int query = chosen.query();
    float[] score_P = search.scores(query);
    List<Integer> best = Search.best(score_P, ANSWERS);
    int target = search.target(query, score_P);
    Side asked = direction.queries.get(query);
    return new Case(
        chosen.why().label(),
        String.format(Locale.ROOT, "%,d", search.rank(query, score_P)),
        String.format(Locale.ROOT, "%,d", score_P.length),
        thumbnails.name(asked.example.picture()),
        asked.text(),
        best.stream().map(p -> answer(direction, query, p, score_P)).toList(),
        best.contains(target) ? null : answer(direction, query, target, score_P));
  }

  private Answer answer(Direction direction, int query, int p, float[] score_P) {
    Side side = direction.candidates.get(p);
    boolean hit = direction.search.hits(query, p);
    boolean equal = !hit && side.sharesCaption(direction.queries.get(query));
    return answer(side.example, side.text(), score_P[p], hit, equal);
  }

  private Answer answer(Example example, String text, double score, boolean hit, boolean equal) {
    return new Answer(thumbnails.name(example.picture()), text, Cell.decimal(score, 2), hit, equal);
  }

  /** Random pictures with the ten pictures nearest to them; a hit shows the same item. */
  List<Case> neighbours() {
    if (table.examples().size() < 2) {
      return List.of();
    }
    Search search = Search.pairs(table.image_NE(), table.image_NE());
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
                  return answer(
                      other, other.caption(), score_N[n], sameItem(example, other), false);
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
    return Cases.shuffled(examples.size(), seed).stream().limit(count).map(examples::get).toList();
  }

  /** Texts that ask for pictures; empty where there is no caption. */
  Optional<Search> search() {
    return examples.isEmpty() ? Optional.empty() : Optional.of(textToImage.search);
  }
}
