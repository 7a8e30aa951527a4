package org.visionfashion.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;
import org.visionfashion.data.Split;

/** Small splits and models that answer at random or perfectly. */
final class Fixture {

  static final LabelScheme SCHEME =
      new LabelScheme(
          "card",
          List.of("Dresses", "Pants", "Skirts"),
          List.of(
              new AttributeGroup("hat", List.of("no", "yes", "NA"), Kind.SHAPE, 2),
              new AttributeGroup("upper fabric", List.of("denim", "cotton"), Kind.TEXTURE, -1),
              new AttributeGroup("upper pattern", List.of("floral", "plain"), Kind.TEXTURE, -1)));

  static final Provenance PROVENANCE =
      new Provenance(
          new Provenance.Model("model", "config.yaml", "0a1b2c"),
          new Provenance.Data("toy", "3d4e5f"),
          new Provenance.Measurement("0.1.0", "2024-02-29", "17.0.1", "PyTorch 2.7.1", "cpu"));

  private static final SpokenWords NOTHING_SPOKEN = SpokenWords.of(SCHEME, List.of());

  private Fixture() {}

  static Task task(LabelScheme scheme, LabelCounts training, int resamples) {
    return new Task(
        "test",
        scheme,
        List.of(),
        List.of(),
        0,
        new Task.Training(true, training, Set.of(), NOTHING_SPOKEN),
        Optional.empty(),
        resamples);
  }

  static Task task(LabelCounts training, Set<String> trainingItems) {
    return new Task(
        "test",
        SCHEME,
        List.of(),
        List.of(),
        0,
        new Task.Training(true, training, trainingItems, NOTHING_SPOKEN),
        Optional.empty(),
        0);
  }

  static Score score(Evaluation evaluation, String key) {
    return evaluation.score(key).orElseThrow();
  }

  static double value(Evaluation evaluation, String key) {
    return score(evaluation, key).value();
  }

  /** Sentences that lie anywhere. */
  static Prompts prompts(long seed) {
    Random random = new Random(seed);
    return Prompts.of(
        SCHEME,
        List.of("a photo of a {}", "a {}"),
        texts ->
            texts.stream().map(text -> normal(random, new float[32], 1)).toArray(float[][]::new),
        10);
  }

  static Example example(int number, String caption, int category, byte... attributes) {
    String id = "picture-%03d.jpg".formatted(number);
    String item = "item-" + number / 4;
    return new Example(id, Path.of(id), caption, category, attributes, item, Split.TEST);
  }

  /** Examples whose labels follow from their numbers, every tenth without caption. */
  static List<Example> examples(int count) {
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      String caption = n % 10 == 9 ? "" : "a garment, number " + n / 2;
      byte[] hat = new byte[3];
      hat[n % 3] = 1;
      byte denim = (byte) (n % 4 == 0 ? 1 : 0);
      byte cotton = (byte) (n % 4 == 1 ? 1 : 0);
      byte floral = (byte) (n % 5 == 0 ? 1 : 0);
      byte plain = (byte) (n % 5 == 1 ? 1 : 0);
      examples.add(
          example(n, caption, n % 3, hat[0], hat[1], hat[2], denim, cotton, floral, plain));
    }
    return examples;
  }

  /** A model that knows something: noise over the truth. */
  static EmbeddingTable table(List<Example> examples, long seed, double noise) {
    Random random = new Random(seed);
    int count = examples.size();
    float[][] image_NE = new float[count][32];
    List<float[]> texts = new ArrayList<>();
    float[][] category_NC = new float[count][3];
    float[][] attribute_NA = new float[count][7];
    for (int n = 0; n < count; n++) {
      float[] meaning = normal(new Random(n), new float[32], 1);
      image_NE[n] = normal(random, meaning.clone(), noise);
      for (int c = 0; c < examples.get(n).captions().size(); c++) {
        texts.add(normal(random, meaning.clone(), noise));
      }
      if (examples.get(n).category() >= 0) {
        category_NC[n][examples.get(n).category()] = 3;
      }
      normal(random, category_NC[n], noise);
      for (int a = 0; a < 7; a++) {
        attribute_NA[n][a] = examples.get(n).attributes()[a] == 1 ? 3 : -3;
      }
      normal(random, attribute_NA[n], noise);
    }
    return new EmbeddingTable(
        examples, image_NE, texts.toArray(float[][]::new), category_NC, attribute_NA);
  }

  private static float[] normal(Random random, float[] values, double scale) {
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (scale * random.nextGaussian());
    }
    return values;
  }
}
