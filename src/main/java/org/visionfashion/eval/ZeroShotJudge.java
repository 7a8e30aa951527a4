package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.eval.ScoreKey.Group;
import org.visionfashion.eval.ScoreKey.Metric;
import org.visionfashion.metrics.AttributeScores;
import org.visionfashion.metrics.CategoryScores;
import org.visionfashion.metrics.ExclusiveGroups;
import org.visionfashion.metrics.Items;
import org.visionfashion.metrics.Similarities;

/** Judges how well sentences that name a class or a value find its pictures. */
final class ZeroShotJudge {

  private final Prompts prompts;
  private final LabelScheme scheme;
  private final LabelCounts training;
  private final SpokenWords spoken;
  private final CategoryJudge categories;
  private final Scoreboard board;

  ZeroShotJudge(Prompts prompts, Task task, CategoryJudge categories, Scoreboard board) {
    this.prompts = prompts;
    this.scheme = task.scheme();
    this.training = task.training().labels();
    this.spoken = task.training().spoken();
    this.categories = categories;
    this.board = board;
  }

  /** Null where there is nothing to judge. */
  Details.ZeroShot judge(EmbeddingTable table) {
    Details.Category category = category(table);
    boolean attributes = attributes(table);
    return category == null && !attributes
        ? null
        : new Details.ZeroShot(
            prompts.templates(),
            spoken,
            spoken.caution(category != null, attributes).orElse(null),
            category,
            category == null ? List.of() : perPrompt(table));
  }

  private List<Details.Prompt> perPrompt(EmbeddingTable table) {
    List<String> templates = prompts.templates();
    return templates.size() < 2
        ? List.of()
        : IntStream.range(0, templates.size())
            .mapToObj(
                t -> {
                  float[][] logit_NC = logits(table, prompts.category_TCE()[t]);
                  double[] score_K =
                      CategoryScores.of(
                              logit_NC, table.categories(), Items.together(table.examples().size()))
                          .value();
                  return new Details.Prompt(templates.get(t), score_K[CategoryScores.TOP1]);
                })
            .toList();
  }

  private Details.Category category(EmbeddingTable table) {
    if (prompts.category_CE().length == 0 || table.examples().isEmpty()) {
      return null;
    }
    String title = "Zero-shot category, %d classes".formatted(prompts.category_CE().length);
    return categories.judge(
        Group.ZERO_SHOT_CATEGORY, title, logits(table, prompts.category_CE()), table);
  }

  /** Attribute values, NA left out: no sentence says that something is not there. */
  private boolean attributes(EmbeddingTable table) {
    int[] named =
        IntStream.range(0, prompts.attribute_AE().length)
            .filter(a -> prompts.attribute_AE()[a] != null)
            .toArray();
    byte[][] label_NA = withoutNa(table.attributes());
    if (named.length == 0 || !AttributeReading.anyTrue(label_NA)) {
      return false;
    }
    float[][] logit_NA = logits(table, named);
    Items items = Items.of(table.items());
    AttributeReading reading =
        new AttributeReading(logit_NA, label_NA, training.attribute_A(), items, board);
    String title = "Zero-shot attributes, %d values".formatted(named.length);
    Scoreboard.Card card = board.card(Group.ZERO_SHOT_ATTRIBUTES, title);
    reading.addRecalls(card);
    reading.addPrecision(card);
    new GroupJudge(ExclusiveGroups.all(scheme), training.exclusive_W(), items, board)
        .judge(logit_NA, table.attributes(), false)
        .add(card, Metric.GROUP_ACCURACY_WITHOUT_NA);
    return true;
  }

  /** Labels of which NA is unknown, so that it is neither asked for nor an answer. */
  private byte[][] withoutNa(byte[][] label_NA) {
    byte[][] copy_NA = new byte[label_NA.length][];
    for (int n = 0; n < copy_NA.length; n++) {
      copy_NA[n] = label_NA[n].clone();
      for (int a = 0; a < copy_NA[n].length; a++) {
        if (prompts.attribute_AE()[a] == null) {
          copy_NA[n][a] = AttributeScores.UNKNOWN;
        }
      }
    }
    return copy_NA;
  }

  private float[][] logits(EmbeddingTable table, float[][] prompt_CE) {
    float[][] logit_NC = Similarities.of(table.image_NE(), prompt_CE);
    for (float[] logit_C : logit_NC) {
      for (int c = 0; c < logit_C.length; c++) {
        logit_C[c] *= (float) prompts.scale();
      }
    }
    return logit_NC;
  }

  /** Logits of all attributes, 0 for those without a sentence. */
  private float[][] logits(EmbeddingTable table, int[] named) {
    float[][] prompt_ME =
        IntStream.of(named).mapToObj(a -> prompts.attribute_AE()[a]).toArray(float[][]::new);
    float[][] logit_NM = logits(table, prompt_ME);
    List<float[]> rows = new ArrayList<>();
    for (float[] logit_M : logit_NM) {
      float[] logit_A = new float[prompts.attribute_AE().length];
      for (int m = 0; m < named.length; m++) {
        logit_A[named[m]] = logit_M[m];
      }
      rows.add(logit_A);
    }
    return rows.toArray(float[][]::new);
  }
}
