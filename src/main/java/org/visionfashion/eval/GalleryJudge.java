package org.visionfashion.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.Bootstrap;
import org.visionfashion.metrics.Chance;
import org.visionfashion.metrics.GalleryRecall;
import org.visionfashion.metrics.Totals;

/** Judges strict retrieval among fewer candidates: a score says little without their number. */
final class GalleryJudge {

  private static final int[] SIZES = {100, 1000};

  private final RankedQueries toText;
  private final RankedQueries toImage;
  private final Bootstrap bootstrap;
  private final int all;
  private final GalleryRecall recall;

  /** Judges queries that are as many as the candidates. */
  GalleryJudge(RankedQueries toText, RankedQueries toImage, Bootstrap bootstrap) {
    this.toText = toText;
    this.toImage = toImage;
    this.bootstrap = bootstrap;
    this.all = toText.rank_Q().length;
    this.recall = new GalleryRecall(all);
  }

  /** Galleries of 100 and 1,000 where there are more candidates, and all of them. */
  List<RetrievalReport.Gallery> reports() {
    return IntStream.concat(fewer(), IntStream.of(all))
        .mapToObj(
            size ->
                new RetrievalReport.Gallery(size, recalls(toText, size), recalls(toImage, size)))
        .toList();
  }

  /** The smaller galleries as a section; empty where there are hardly any candidates anyway. */
  Optional<Scorecard> card() {
    Scorecard card = new Scorecard(Group.GALLERIES, Group.GALLERIES.label());
    fewer()
        .forEach(
            size -> {
              addTo(card, "image_to_text", toText, size);
              addTo(card, "text_to_image", toImage, size);
            });
    return card.section().scores().isEmpty() ? Optional.empty() : Optional.of(card);
  }

  private IntStream fewer() {
    return Arrays.stream(SIZES).filter(size -> size < all);
  }

  private void addTo(Scorecard card, String direction, RankedQueries queries, int size) {
    double[] found_Q = recall.expected(queries.rank_Q(), size, 10);
    card.share(
        Metric.of(direction + ".recall@10_among_" + size).orElseThrow(),
        mean(found_Q),
        all,
        chance(size),
        Double.NaN,
        bootstrap.draws(queries.items(), Totals.means(queries.items(), List.of(found_Q)))[0]);
  }

  private RetrievalReport.Recalls recalls(RankedQueries queries, int size) {
    double[] found_Q = recall.expected(queries.rank_Q(), size, 10);
    return new RetrievalReport.Recalls(
        mean(recall.expected(queries.rank_Q(), size, 1)),
        mean(recall.expected(queries.rank_Q(), size, 5)),
        mean(found_Q),
        bootstrap.means(List.of(found_Q), queries.items()).get(0),
        chance(size));
  }

  private double chance(int size) {
    return Chance.strict(all, size).recall(10);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
