package org.visionfashion.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.config.RunConfig;

/**
 * The runs below one folder.
 *
 * @param root {@code checkpoints/}, absolute
 */
public record RunFolders(Path root) {

  private static final Logger LOG = LoggerFactory.getLogger(RunFolders.class);

  private static final Pattern NUMBERED = Pattern.compile("(.*[^-])-([1-9]\\d{0,8})");

  /** Those of this project. */
  public static RunFolders ofProject() {
    return new RunFolders(ProjectFolder.resolve("checkpoints"));
  }

  /** The folder of a name, whether it exists or not. */
  public RunFolder get(String name) {
    if (!name.matches(RunConfig.NAME_PATTERN)) {
      throw new UserError("run name " + name + " must be " + RunConfig.NAME_RULE);
    }
    return new RunFolder(root.resolve(name));
  }

  /**
   * The folder to train in: that of the name while its run is unfinished or not begun, else the
   * next free or unfinished number ({@code demo-2}).
   *
   * @param finished what makes a run too far on to go on with it
   */
  public RunFolder forTraining(String name, Predicate<RunFolder> finished) {
    RunFolder folder = get(name);
    while (finished.test(folder)) {
      String next = next(folder.name());
      LOG.info("Run {} is finished and kept as it is; the next one is {}", folder.name(), next);
      folder = get(next);
    }
    return folder;
  }

  /** The existing run of a name. */
  public RunFolder existing(String name) {
    RunFolder folder = get(name);
    if (!folder.exists()) {
      List<String> names = all().stream().map(RunFolder::name).toList();
      throw new UserError("no run " + name + " in " + root + Nearest.hint(name, names));
    }
    return folder;
  }

  /** The run that was updated last; one whose status is damaged is skipped, and logged. */
  public Optional<RunFolder> newest() {
    Map<RunFolder, Instant> updated = new LinkedHashMap<>();
    for (RunFolder run : all()) {
      try {
        run.readStatus().ifPresent(status -> updated.put(run, status.updated()));
      } catch (UserError damaged) {
        LOG.warn(
            "{}; run {} is skipped in the search for the newest", damaged.getMessage(), run.name());
      }
    }
    return updated.keySet().stream().max(Comparator.comparing(updated::get));
  }

  private List<RunFolder> all() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders.map(RunFolder::new).filter(RunFolder::exists).sorted(BY_NAME).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root + ": " + e.getMessage(), e);
    }
  }

  private static final Comparator<RunFolder> BY_NAME = Comparator.comparing(RunFolder::name);

  private static String next(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches()
        ? numbered.group(1) + "-" + (Integer.parseInt(numbered.group(2)) + 1)
        : name + "-2";
  }
}
