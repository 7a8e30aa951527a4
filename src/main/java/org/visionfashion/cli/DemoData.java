package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.demo.Attainable;
import org.visionfashion.demo.DemoGenerator;
import org.visionfashion.demo.DemoSpec;
import org.visionfashion.eval.AttainableRecall;

/** The drawn data set: where it lies, how it is drawn, how well it could be searched. */
final class DemoData {

  private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);

  private DemoData() {}

  /**
   * The configuration with the folder that holds, or will hold, the drawing it means: {@code
   * data.root}, or beside it {@code root-size-seed} where another drawing stands there.
   */
  static DataConfig located(DataConfig config) {
    DemoSpec spec = new DemoSpec(config.size(), config.seed());
    Optional<DemoSpec> there = DemoGenerator.manifest(config.root());
    if (config.source() != Source.DEMO || there.isEmpty() || there.get().equals(spec)) {
      return config;
    }
    String name = config.root().getFileName() + "-" + spec.size() + "-" + spec.seed();
    return config.withRoot(config.root().resolveSibling(name));
  }

  /** Draws what the configuration means unless it is there. */
  static void drawIfMissing(DataConfig config) {
    DataConfig located = located(config);
    DemoSpec spec = new DemoSpec(located.size(), located.seed());
    if (located.source() == Source.DEMO && !DemoGenerator.isComplete(located.root(), spec)) {
      draw(located.root(), spec);
    }
  }

  static void draw(Path folder, DemoSpec spec) {
    LOG.info("Drawing {} demo pictures in {}", String.format("%,d", spec.size()), folder);
    try (WorkProgress progress = new WorkProgress("drawing")) {
      DemoGenerator.draw(folder, spec, threads(), progress);
    }
  }

  static void drawLabels(Path labels, Path folder, int width) {
    LOG.info("Drawing a picture for every line of {} in {}", labels, folder);
    try (WorkProgress progress = new WorkProgress("drawing")) {
      DemoGenerator.drawLabels(labels, folder, width, threads(), progress);
    }
  }

  /** The best retrieval among these pictures, where the data set says what captions mention. */
  static Optional<AttainableRecall> attainable(Dataset dataset, List<Example> examples) {
    List<String> files = examples.stream().filter(Example::hasCaption).map(Example::id).toList();
    return Attainable.read(dataset.root())
        .map(attainable -> attainable.recall(files))
        .filter(recalls -> recalls.pictures() == files.size())
        .map(
            recalls ->
                new AttainableRecall(recall(recalls.imageToText()), recall(recalls.textToImage())));
  }

  private static AttainableRecall.Recall recall(Attainable.Recall recall) {
    return new AttainableRecall.Recall(recall.at1(), recall.at5(), recall.at10());
  }

  static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }
}
