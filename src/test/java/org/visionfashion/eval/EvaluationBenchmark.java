package org.visionfashion.eval;

import com.sun.management.OperatingSystemMXBean;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.ClothingType;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.data.Split;
import org.visionfashion.report.Report;
import org.visionfashion.report.Subject;

/**
 * Prints how long it takes to judge the embeddings of a model as wide as ViT-B/32, with 1,000
 * resamples, and to write all files, page and figures included. A program, not a test; the number
 * of pairs is its argument. Where the model looks is left out: that takes a model.
 */
final class EvaluationBenchmark {

  private static final int WIDTH = 512;
  private static final LabelScheme SCHEME = LabelSchemes.CARD;
  private static final List<String> TYPES =
      Arrays.stream(ClothingType.values()).map(ClothingType::code).toList();

  private EvaluationBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int pairs = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("evaluation");
    EmbeddingTable table = table(pairs, pictures(folder.resolve("pictures"), pairs));
    Random random = new Random(7);
    Prompts prompts =
        Prompts.of(
            SCHEME,
            List.of("a photo of a {}"),
            texts -> texts.stream().map(text -> unit(random)).toArray(float[][]::new),
            100);
    Task task =
        new Task(
            "test",
            SCHEME,
            List.of(),
            List.of(),
            0,
            new Task.Training(
                true,
                LabelCounts.of(SCHEME, table.examples()),
                Set.of(),
                SpokenWords.of(SCHEME, table.examples())),
            Optional.empty(),
            1000);
    Clock clock = new Clock();
    EvaluatedModel model = Scoring.of(task, table, Optional.of(prompts), Fixture.PROVENANCE);
    clock.say("judged");
    EvaluationFiles files = EvaluationFiles.of(folder, Part.TEST);
    model.write(files);
    clock.say("written");
    Report.write(
        new Subject(
            "benchmark",
            model.evaluation(),
            table,
            Optional.empty(),
            Optional.empty(),
            1,
            LimitsConfig.DEFAULT),
        files);
    clock.say("shown");
    System.out.printf(
        "%,d pairs of %d in %s, heap at most %,d MB%n",
        pairs,
        WIDTH,
        folder,
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().matches(".*(Eden|Survivor|Old|Tenured).*"))
                .mapToLong((MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
                .sum()
            >> 20);
  }

  /** Time by the wall and of all threads, for machines that have other things to do. */
  private static final class Clock {

    private final OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private long wall = System.nanoTime();
    private long cpu = process.getProcessCpuTime();

    void say(String what) {
      long nowWall = System.nanoTime();
      long nowCpu = process.getProcessCpuTime();
      System.out.printf("%s in %.1f s, %.1f CPU s%n", what, s(nowWall - wall), s(nowCpu - cpu));
      wall = nowWall;
      cpu = nowCpu;
    }

    private static double s(long nanos) {
      return nanos / 1e9;
    }
  }

  /** Files as large as DeepFashion-MultiModal's, a few pictures under many names. */
  private static List<Path> pictures(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    List<Path> drawn = new ArrayList<>();
    for (int n = 0; n < 20; n++) {
      BufferedImage image = new BufferedImage(750, 1101, BufferedImage.TYPE_INT_RGB);
      Random random = new Random(n);
      Graphics2D graphics = image.createGraphics();
      for (int i = 0; i < 300; i++) {
        graphics.setColor(new Color(random.nextInt(1 << 24)));
        graphics.fillOval(random.nextInt(750), random.nextInt(1101), 60, 90);
      }
      graphics.dispose();
      Path file = folder.resolve("drawn-%d.jpg".formatted(n));
      ImageIO.write(image, "jpg", file.toFile());
      drawn.add(file);
    }
    List<Path> names = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Path name = folder.resolve(n + ".jpg");
      names.add(Files.createSymbolicLink(name, drawn.get(n % drawn.size())));
    }
    return names;
  }

  /** Items of one to nine pictures; every twentieth caption is another's. */
  private static EmbeddingTable table(int pairs, List<Path> pictures) {
    Random random = new Random(1);
    List<Example> examples = new ArrayList<>();
    float[][] image_NE = new float[pairs][];
    float[][] text_ME = new float[pairs][];
    float[][] category_NC = new float[pairs][SCHEME.categories().size()];
    float[][] attribute_NA = new float[pairs][SCHEME.attributeCount()];
    int item = 0;
    while (examples.size() < pairs) {
      item++;
      int type = Math.min(random.nextInt(17), random.nextInt(17));
      for (int picture = random.nextInt(9); picture >= 0 && examples.size() < pairs; picture--) {
        int n = examples.size();
        Example example = example(n, pictures.get(n), item, type, random);
        examples.add(example);
        image_NE[n] = unit(random);
        text_ME[n] = unit(random);
        category_NC[n][type] = 2;
        noise(category_NC[n], random);
        for (int a = 0; a < attribute_NA[n].length; a++) {
          attribute_NA[n][a] = example.attributes()[a] * 2;
        }
        noise(attribute_NA[n], random);
      }
    }
    return new EmbeddingTable(examples, image_NE, text_ME, category_NC, attribute_NA);
  }

  private static Example example(int n, Path file, int item, int type, Random random) {
    String id =
        "%s-%s-id_%08d-%02d_1_%s.jpg"
            .formatted(
                random.nextInt(4) == 0 ? "MEN" : "WOMEN",
                TYPES.get(type),
                item,
                n % 100,
                List.of("front", "side", "back", "full").get(random.nextInt(4)));
    byte[] attributes = new byte[SCHEME.attributeCount()];
    for (AttributeGroup group : SCHEME.groups()) {
      int value = random.nextInt(group.values().size() + (group.notApplicable() < 0 ? 1 : 0));
      if (value < group.values().size()) {
        attributes[SCHEME.offset(group) + value] = 1;
      }
    }
    String caption = "caption " + (random.nextInt(20) == 0 ? random.nextInt(100) : 1000 + n);
    return new Example(id, file, caption, type, attributes, "" + item, Split.TEST);
  }

  private static float[] unit(Random random) {
    float[] row = new float[WIDTH];
    noise(row, random);
    double length = 0;
    for (float each : row) {
      length += each * each;
    }
    for (int e = 0; e < WIDTH; e++) {
      row[e] /= (float) Math.sqrt(length);
    }
    return row;
  }

  private static void noise(float[] row, Random random) {
    for (int i = 0; i < row.length; i++) {
      row[i] += (float) random.nextGaussian();
    }
  }
}
