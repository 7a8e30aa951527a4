package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Sweep;
import org.visionfashion.data.Split;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;

/** The runs of a sweep one after another, then all side by side; resumes where it was stopped. */
record TrainSweep(Sweep sweep, Train train) {

  private static final Logger LOG = LoggerFactory.getLogger(TrainSweep.class);

  /** The exit code: that of the first run that is not done, else of the comparison. */
  int run() {
    requireSameThreads();
    List<RunFolder> folders =
        sweep.runs().stream().map(run -> RunFolders.ofProject().get(run.name())).toList();
    for (int i = 0; i < folders.size(); i++) {
      RunFolder folder = folders.get(i);
      LOG.info("Sweep {}, run {} of {}: {}", sweep.name(), i + 1, folders.size(), folder.name());
      if (Train.isFinished(folder)) {
        LOG.info("Run {}: already finished, {}", folder.name(), folder.path());
        continue;
      }
      int code = train.all(options(sweep.runs().get(i)), Optional.of(folder.name()), false);
      if (code != Train.DONE) {
        return code;
      }
    }
    Path output = RunFolders.ofProject().root().resolve(sweep.name());
    // The base comes first: the others are compared with it.
    new Compare(Split.TEST, folders, Optional.of(output)).run().forEach(LOG::info);
    return Train.DONE;
  }

  private ConfigOptions options(Sweep.Run run) {
    return ConfigOptions.of(sweep.base(), run.sets());
  }

  /** All runs share this process, and its engine reads the number of threads once. */
  private void requireSameThreads() {
    List<Integer> threads =
        sweep.runs().stream()
            .map(run -> options(run).load(sweep.base(), List.of()).run().threads())
            .distinct()
            .toList();
    if (threads.size() > 1) {
      throw new UserError(
          "run.threads cannot vary within a sweep, here %s: PyTorch reads it once, when it starts"
              .formatted(threads));
    }
  }
}
