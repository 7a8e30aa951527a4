package org.visionfashion.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.Sweep;
import org.visionfashion.data.Split;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;
import org.visionfashion.run.RunStatus;

/**
 * The runs of a sweep one after another, then all of them side by side; after a break it goes on
 * where it was.
 */
final class SweepTrainer {

  private static final Logger LOG = LoggerFactory.getLogger(SweepTrainer.class);
  private static final int DONE = 0;

  private final Trainer trainer;
  private final Supplier<Work> work;

  SweepTrainer(Trainer trainer, Supplier<Work> work) {
    this.trainer = trainer;
    this.work = work;
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
    compare(sweep);
    return DONE;
  }

  /** The base is what the others are compared with: it comes first. */
  private void compare(Sweep sweep) {
    RunFolders folders = RunFolders.ofProject();
    Path output = folders.root().resolve(sweep.name());
    List<RunFolder> runs = sweep.runs().stream().map(run -> folders.get(run.name())).toList();
    LOG.info(
        "{}", work.get().compare(new ComparisonRequest(Split.TEST, runs, Optional.of(output))));
    LOG.info("Comparison: {}", output);
  }

  private int train(Sweep sweep, Sweep.Run run) {
    RunFolder folder = RunFolders.ofProject().get(run.name());
    boolean trained = folder.readStatus().filter(RunStatus::finetuneDone).isPresent();
    if (!trained) {
      return trainer.all(
          ConfigOptions.of(sweep.base(), run.sets()), Optional.of(run.name()), false);
    }
    if (!Files.exists(folder.eval().resolve("test.json"))) {
      return trainer.evaluate(folder);
    }
    LOG.info("Run {}: finished before, {}", run.name(), folder.path());
    return DONE;
  }
}
