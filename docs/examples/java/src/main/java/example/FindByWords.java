package example;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.visionfashion.Prediction;
import org.visionfashion.VisionFashion;

/** Opens a model, sorts pictures by how well they fit a description, and names what they show. */
public final class FindByWords {

  private FindByWords() {}

  /** Arguments: the model folder, a description, picture files. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String description = arguments[1];
    List<Path> pictures = Arrays.stream(arguments).skip(2).map(Path::of).toList();
    try (VisionFashion model = VisionFashion.open(folder)) {
      float[] query = model.encodeTexts(List.of(description))[0];
      float[][] images = model.encodeImages(pictures);
      List<Prediction> predictions = model.predict(pictures);
      IntStream.range(0, pictures.size())
          .boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> cosine(query, images[i])).reversed())
          .forEach(
              i ->
                  System.out.printf(
                      "%.3f  %s  %s%n",
                      cosine(query, images[i]),
                      pictures.get(i),
                      predictions.get(i).category().name()));
    }
  }

  /** Embeddings have length 1, so their inner product is the cosine. */
  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
