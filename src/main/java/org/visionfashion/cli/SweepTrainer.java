package org.visionfashion.cli;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.RunFolder;
import org.visionfashion.config.RunFolders;
import org.visionfashion.config.RunStatus;
import org.visionfashion.config.Sweep;

/** The runs of a sweep one after another; after a break it goes on where it was. */
final class SweepTrainer {

  private static final Logger LOG = LoggerFactory.getLogger(SweepTrainer.class);
  private static final int DONE = 0;

  private final Trainer trainer;

  SweepTrainer(Trainer trainer) {
    this.trainer = trainer;
  }

  /** The exit code: that of the first run that is not done. */
  int train(Sweep sweep) {
    List<Sweep.Run> runs = sweep.runs();
    for (int i = 0; i < runs.size(); i++) {
      LOG.info("Sweep {}, run {} of {}: {}", sweep.name(), i + 1, runs.size(), runs.get(i).name());
      int code = train(sweep, runs.get(i));
      if (code != DONE) {
        return code;
      }
    }
    return DONE;
  }

  private int train(Sweep sweep, Sweep.Run run) {
    RunFolder folder = RunFolders.ofProject().get(run.name());
    boolean trained = folder.readStatus().filter(RunStatus::finetuneDone).isPresent();
    if (!trained) {
      return trainer.all(ConfigOptions.of(sweep.base(), run.sets()), Optional.of(run.name()));
    }
    if (!Files.exists(folder.eval().resolve("test.json"))) {
      return trainer.evaluate(folder);
    }
    LOG.info("Run {}: finished before, {}", run.name(), folder.path());
    return DONE;
  }
}
