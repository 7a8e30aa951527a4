package org.visionfashion.cli;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.Config;
import org.visionfashion.data.Dataset;
import org.visionfashion.engine.Machine;
import org.visionfashion.report.LiveCurves;
import org.visionfashion.report.ModelCard;
import org.visionfashion.run.RunFolder;
import org.visionfashion.train.ContrastiveStage;
import org.visionfashion.train.FinetuneStage;
import org.visionfashion.train.TrainingLoop;
import org.visionfashion.train.TrainingRun;
import org.visionfashion.weights.hub.HubLocator;
import org.visionfashion.weights.hub.HubSettings;

/** Both stages, with a progress bar. */
final class TrainingWork {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingWork.class);

  /** The system property by which the launcher says what it was built for. */
  private static final String PROFILE = "visionfashion.profile";

  private final DataWork data;

  TrainingWork(DataWork data) {
    this.data = data;
  }

  /** A stage of a run. */
  private interface Stage {
    TrainingLoop.End train(TrainingRun run) throws IOException;
  }

  void requireDevices(Config config) {
    Machine.start();
    List<Device> devices = Machine.devices(config.run().devices());
    boolean forGpu = System.getProperty(PROFILE, "").equals("cuda");
    if (forGpu && !Machine.bestDevice().isGpu()) {
      LOG.warn(
          "PyTorch sees no GPU and trains on {}: driver and libcudart.so must be in LD_LIBRARY_PATH"
              + " (README, On a GPU)",
          Machine.describe(devices));
    }
  }

  boolean contrastive(Config config, RunFolder folder, BooleanSupplier stop) {
    return train(config, folder, stop, run -> new ContrastiveStage(run).train());
  }

  boolean finetune(Config config, RunFolder folder, BooleanSupplier stop) {
    return train(config, folder, stop, run -> new FinetuneStage(run).train());
  }

  private boolean train(Config config, RunFolder folder, BooleanSupplier stop, Stage stage) {
    Machine.start();
    Dataset dataset = data.load(config);
    if (config.data().cache().prepare()) {
      data.prepareIfPossible(config, dataset);
    }
    try (TrainingProgress progress = new TrainingProgress();
        DownloadProgress downloads = new DownloadProgress();
        LiveCurves curves = new LiveCurves(folder)) {
      HubLocator weights = new HubLocator(HubSettings.fromEnvironment(System.getenv()), downloads);
      TrainingRun run =
          new TrainingRun(
              config,
              folder,
              dataset,
              weights,
              stop,
              List.of(progress),
              model -> ModelCard.text(folder.name(), model, config, dataset));
      return stage.train(run) == TrainingLoop.End.COMPLETE;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
