package org.visionfashion.train;

import java.util.List;
import org.visionfashion.data.Split;
import org.visionfashion.model.Architecture;
import org.visionfashion.weights.ModelDescription;

/** {@code README.md} of a checkpoint folder: what the model is and how it came to be. */
public final class ModelCard {

  private static final String SCORES = "\n## Scores on the test split\n";

  private ModelCard() {}

  /** The card with these lines as its scores, in the place of those it had. */
  public static String withScores(String card, List<String> lines) {
    int end = card.indexOf(SCORES);
    String before = end < 0 ? card : card.substring(0, end);
    return before + SCORES + "\n```\n" + String.join("\n", lines).strip() + "\n```\n";
  }

  static String text(TrainingRun run, ModelDescription description) {
    Architecture architecture = description.architecture();
    Architecture.ImageEncoder image = architecture.image();
    Architecture.TextEncoder text = architecture.text();
    StringBuilder card = new StringBuilder();
    card.append("# ").append(run.folder().name()).append("\n\n");
    card.append("A VisionFashion model: pictures and descriptions of clothes in one space.\n\n");
    card.append(
        String.format(
            "- image tower: Vision Transformer, %d x %d pixels (height x width), patch %d, width"
                + " %d, %d layers, %d heads%n",
            image.height(),
            image.width(),
            image.patch(),
            image.hidden(),
            image.layers(),
            image.heads()));
    card.append(
        String.format(
            "- text tower: BERT, vocabulary %d, width %d, %d layers, %d heads, at most %d tokens%n",
            text.vocabulary(),
            text.hidden(),
            text.layers(),
            text.heads(),
            description.maxTokens()));
    card.append(
        String.format(
            "- embedding: %d numbers, length 1; categories: %d; attributes: %d%n",
            architecture.embeddingSize(), architecture.categories(), architecture.attributes()));
    card.append(
        String.format(
            "- data: %s, %,d training and %,d test pictures%n",
            run.dataset().name(),
            run.dataset().split(Split.TRAIN).size(),
            run.dataset().split(Split.TEST).size()));
    description
        .provenance()
        .forEach(
            (key, value) -> card.append("- ").append(key).append(": ").append(value).append('\n'));
    return card.toString();
  }
}
