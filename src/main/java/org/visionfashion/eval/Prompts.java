package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;

/**
 * Sentences made from the names of a scheme, embedded (Radford et al. 2021, Learning Transferable
 * Visual Models From Natural Language Supervision, section 3.1).
 *
 * @param templates the sentences, {@code {}} the place of the name
 * @param category_TCE a row of length 1 for each category, by each template alone
 * @param category_CE the same by all of them
 * @param attribute_AE a row of length 1 for each attribute, null for NA
 * @param scale that cosines are multiplied by to become logits
 */
public record Prompts(
    List<String> templates,
    float[][][] category_TCE,
    float[][] category_CE,
    float[][] attribute_AE,
    double scale) {

  private static final String PLACE = "{}";

  /**
   * Embeds every name: of its sentences' embeddings the mean, brought to length 1.
   *
   * @param encoder sentences to embeddings of length 1
   * @param scale the model's logit scale
   */
  public static Prompts of(
      LabelScheme scheme,
      List<String> templates,
      Function<List<String>, float[][]> encoder,
      double scale) {
    List<String> categories = scheme.categories();
    List<String> values = scheme.groups().stream().flatMap(group -> names(group).stream()).toList();
    List<String> all = new ArrayList<>(categories);
    values.stream().filter(name -> !name.isEmpty()).forEach(all::add);
    List<float[][]> sentences = embeddings(all, templates, encoder);
    Iterator<float[]> rows = sentences.stream().map(Prompts::mean).iterator();
    return new Prompts(
        List.copyOf(templates),
        IntStream.range(0, templates.size())
            .mapToObj(t -> alone(sentences.subList(0, categories.size()), t))
            .toArray(float[][][]::new),
        categories.stream().map(name -> rows.next()).toArray(float[][]::new),
        values.stream().map(name -> name.isEmpty() ? null : rows.next()).toArray(float[][]::new),
        scale);
  }

  /**
   * What stands for the values of a group in a sentence: {@code denim upper fabric}; of a question
   * answered by yes or no {@code hat} and {@code no hat}; a free tag as it is; nothing for NA.
   */
  public static List<String> names(AttributeGroup group) {
    List<String> values = group.values();
    return IntStream.range(0, values.size())
        .mapToObj(v -> v == group.notApplicable() ? "" : name(group, values.get(v)))
        .toList();
  }

  private static String name(AttributeGroup group, String value) {
    if (group.kind() == Kind.TAGS) {
      return value;
    }
    return switch (value) {
      case "yes" -> group.name();
      case "no", "none" -> "no " + group.name();
      default -> value.equals(group.name()) ? value : value + " " + group.name();
    };
  }

  /** Of every name the sentence of one template. */
  private static float[][] alone(List<float[][]> sentences, int template) {
    return sentences.stream()
        .map(sentence_TE -> mean(new float[][] {sentence_TE[template]}))
        .toArray(float[][]::new);
  }

  /** All sentences at once, then a name's together. */
  private static List<float[][]> embeddings(
      List<String> names, List<String> templates, Function<List<String>, float[][]> encoder) {
    List<String> sentences =
        names.stream()
            .flatMap(name -> templates.stream().map(each -> each.replace(PLACE, name)))
            .toList();
    float[][] sentence_SE = sentences.isEmpty() ? new float[0][] : encoder.apply(sentences);
    return IntStream.range(0, names.size())
        .map(name -> name * templates.size())
        .mapToObj(from -> Arrays.copyOfRange(sentence_SE, from, from + templates.size()))
        .toList();
  }

  private static float[] mean(float[][] sentence_TE) {
    float[] sum_E = new float[sentence_TE[0].length];
    for (float[] sentence_E : sentence_TE) {
      for (int e = 0; e < sum_E.length; e++) {
        sum_E[e] += sentence_E[e];
      }
    }
    double length = 0;
    for (float each : sum_E) {
      length += each * (double) each;
    }
    for (int e = 0; e < sum_E.length; e++) {
      sum_E[e] /= (float) Math.max(Math.sqrt(length), Float.MIN_NORMAL);
    }
    return sum_E;
  }
}
