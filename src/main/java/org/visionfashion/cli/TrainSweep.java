package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.Sweep;
import org.visionfashion.eval.Part;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;

/** The runs of a sweep one after another, then all side by side; resumes where it was stopped. */
record TrainSweep(Sweep sweep, Train train) {

  private static final Logger LOG = LoggerFactory.getLogger(TrainSweep.class);

  /** The exit code: that of the first run that is not done, else of the comparison. */
  int run() {
    List<RunFolder> folders =
        sweep.runs().stream().map(run -> RunFolders.ofProject().get(run.name())).toList();
    for (int i = 0; i < folders.size(); i++) {
      RunFolder folder = folders.get(i);
      LOG.info("Sweep {}, run {} of {}: {}", sweep.name(), i + 1, folders.size(), folder.name());
      if (Train.isFinished(folder)) {
        LOG.info("Run {}: already finished, {}", folder.name(), folder.path());
        continue;
      }
      ConfigOptions options = ConfigOptions.of(sweep.base(), sweep.runs().get(i).sets());
      int code = train.all(options, Optional.of(folder.name()), false);
      if (code != Train.DONE) {
        return code;
      }
    }
    Path output = RunFolders.ofProject().root().resolve(sweep.name());
    // The base comes first: the others are compared with it.
    new Compare(Part.TEST, folders, Optional.of(output)).run().forEach(LOG::info);
    return Train.DONE;
  }
}
