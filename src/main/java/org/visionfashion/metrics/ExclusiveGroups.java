package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;

/**
 * Groups of attributes of which one value holds, read with NA as a value of its own whether or not
 * the scheme has an output for it. Where it has none, NA is the last value of its group and its
 * probability one minus the group's largest; as a logit that is minus the largest logit.
 *
 * <p>Widths: A attributes of the scheme become W values here, group after group.
 */
public final class ExclusiveGroups {

  /**
   * One group: where its outputs start in the scheme, where its values start here, and which of
   * them is NA.
   */
  private record Span(String name, int from, int outputs, int to, int values, int notApplicable) {}

  private final List<Span> spans;
  private final int width;

  private ExclusiveGroups(LabelScheme scheme, Predicate<Kind> kinds) {
    List<AttributeGroup> groups = scheme.groups();
    Span[] all = new Span[groups.size()];
    int from = 0;
    int to = 0;
    for (int g = 0; g < all.length; g++) {
      AttributeGroup group = groups.get(g);
      int outputs = group.values().size();
      boolean read = kinds.test(group.kind());
      boolean unnamed = group.notApplicable() < 0;
      int values = !read ? 0 : unnamed ? outputs + 1 : outputs;
      int notApplicable = unnamed ? outputs : group.notApplicable();
      all[g] = new Span(group.name(), from, outputs, to, values, notApplicable);
      from += outputs;
      to += values;
    }
    this.spans = Arrays.stream(all).filter(span -> span.values() > 0).toList();
    this.width = to;
  }

  /** The shape and texture groups of a scheme. */
  public static ExclusiveGroups all(LabelScheme scheme) {
    return new ExclusiveGroups(scheme, kind -> kind != Kind.TAGS);
  }

  /**
   * The texture groups alone. DeepFashion-MultiModal has six of eight values each, so this is the
   * paper's 48-way attribute reading under either of its schemes.
   */
  public static ExclusiveGroups textures(LabelScheme scheme) {
    return new ExclusiveGroups(scheme, kind -> kind == Kind.TEXTURE);
  }

  /** Number of values here; 0 where the scheme has no such group. */
  public int width() {
    return width;
  }

  /** Names of the groups, in order. */
  public List<String> names() {
    return spans.stream().map(Span::name).toList();
  }

  /** Labels in this reading; a group of which any value is unknown is unknown altogether. */
  public byte[][] labels(byte[][] label_NA) {
    return Arrays.stream(label_NA).map(this::labels).toArray(byte[][]::new);
  }

  /** One image's labels in this reading. */
  public byte[] labels(byte[] label_A) {
    byte[] label_W = new byte[width];
    for (Span span : spans) {
      byte[] outputs = Arrays.copyOfRange(label_A, span.from(), span.from() + span.outputs());
      byte[] values = Arrays.copyOf(outputs, span.values());
      if (contains(outputs, AttributeScores.UNKNOWN)) {
        Arrays.fill(values, AttributeScores.UNKNOWN);
      } else if (span.values() > span.outputs()) {
        values[span.outputs()] = (byte) (contains(outputs, (byte) 1) ? 0 : 1);
      }
      System.arraycopy(values, 0, label_W, span.to(), span.values());
    }
    return label_W;
  }

  /** Logits in this reading. */
  public float[][] scores(float[][] logit_NA) {
    return Arrays.stream(logit_NA).map(this::scores).toArray(float[][]::new);
  }

  private float[] scores(float[] logit_A) {
    float[] score_W = new float[width];
    for (Span span : spans) {
      System.arraycopy(logit_A, span.from(), score_W, span.to(), span.outputs());
      if (span.values() > span.outputs()) {
        int best = best(logit_A, span.from(), span.outputs());
        score_W[span.to() + span.outputs()] = -logit_A[span.from() + best];
      }
    }
    return score_W;
  }

  /**
   * For each image and group 1 = right, 0 = wrong, -1 = not counted.
   *
   * @param score_NW as {@link #scores} gives them
   * @param label_NW as {@link #labels} gives them
   * @param withNotApplicable false: images labelled NA are left out, and NA is no answer
   */
  public byte[][] outcomes(float[][] score_NW, byte[][] label_NW, boolean withNotApplicable) {
    byte[][] outcome_NG = new byte[label_NW.length][spans.size()];
    for (int n = 0; n < outcome_NG.length; n++) {
      for (int g = 0; g < spans.size(); g++) {
        outcome_NG[n][g] = outcome(spans.get(g), score_NW[n], label_NW[n], withNotApplicable);
      }
    }
    return outcome_NG;
  }

  /**
   * Mean accuracy of the groups, then each group's: the share of its images whose best-scored value
   * is the labelled one. Images without exactly one label in a group are left out of it; NaN where
   * that leaves nothing.
   *
   * @param outcome_NG see {@link #outcomes}
   */
  public Statistic statistic(byte[][] outcome_NG, Items items) {
    int groups = spans.size();
    return Totals.of(
        items,
        2 * groups,
        (sum_K, n) -> {
          for (int g = 0; g < groups; g++) {
            boolean counted = outcome_NG[n][g] != AttributeScores.UNKNOWN;
            sum_K[g] += counted ? 1 : 0;
            sum_K[groups + g] += counted ? outcome_NG[n][g] : 0;
          }
        },
        total_K -> {
          double[] scores = new double[1 + groups];
          for (int g = 0; g < groups; g++) {
            scores[1 + g] = total_K[groups + g] / total_K[g];
          }
          scores[0] = mean(Arrays.copyOfRange(scores, 1, scores.length));
          return scores;
        });
  }

  private static byte outcome(
      Span span, float[] score_W, byte[] label_W, boolean withNotApplicable) {
    byte[] labels = values(span, label_W);
    int notApplicable = span.notApplicable();
    boolean counted =
        AttributeScores.positives(labels) == 1 && (withNotApplicable || labels[notApplicable] != 1);
    if (!counted) {
      return AttributeScores.UNKNOWN;
    }
    float[] scores = Arrays.copyOfRange(score_W, span.to(), span.to() + span.values());
    return labels[TopK.of(scores, v -> withNotApplicable || v != notApplicable, 1)[0]];
  }

  private static double mean(double[] accuracies) {
    return Arrays.stream(accuracies).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  private static byte[] values(Span span, byte[] label_W) {
    return Arrays.copyOfRange(label_W, span.to(), span.to() + span.values());
  }

  private static boolean contains(byte[] labels, byte wanted) {
    for (byte label : labels) {
      if (label == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Index within the span of the highest score, a tie to the lower one. */
  private static int best(float[] scores, int from, int size) {
    return TopK.of(Arrays.copyOfRange(scores, from, from + size), i -> true, 1)[0];
  }
}
