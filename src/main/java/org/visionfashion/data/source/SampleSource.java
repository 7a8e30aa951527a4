package org.visionfashion.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Problem;

/**
 * Samples as webdataset and img2dataset write them, in tar shards or in folders: {@code key.jpg},
 * and beside it {@code key.txt} (a caption a line), {@code key.json} (fields by name) and {@code
 * key.cls} (the class). The key is what stands before the first dot, folder included.
 *
 * <p>Every shard is gone over once for its headers and fields, and once more for its samples. An id
 * is the name of the picture's member; where shards share names, all ids begin with the shard's.
 */
public final class SampleSource implements DataSource {

  private static final Logger LOG = LoggerFactory.getLogger(SampleSource.class);

  private final DataConfig config;
  private final Set<Path> inputs = new HashSet<>();

  public SampleSource(DataConfig config) {
    this.config = config;
  }

  @Override
  public Dataset load() {
    List<Problem> problems = new ArrayList<>();
    Shards shards = Shards.of(config, problems);
    SampleSurvey survey = new SampleSurvey(shards.base(), config.limits());
    shards.list().forEach(survey::add);
    problems.addAll(survey.notes());
    problems.addAll(DeclaredCounts.compare(shards.base(), survey.counts()));
    if (!survey.scattered().isEmpty()) {
      LOG.info("{}: {}; they are joined by their key", shards.base(), survey.scattered());
    }
    boolean prefixed = survey.namesRepeat();
    if (prefixed) {
      LOG.info("{}: shards share names of members; ids begin with the shard's name", shards.base());
    }
    SampleColumns columns = survey.columns();
    List<TablePart> parts =
        shards.list().stream().map(shard -> part(shard, shards.base(), columns, prefixed)).toList();
    Path root = shards.list().size() == 1 ? shards.list().get(0).path() : shards.base();
    Dataset read = new TableSource(root.getFileName().toString(), root, parts, config).load();
    problems.addAll(TableSource.toldOnce(read.problems()));
    if (read.examples().isEmpty()) {
      throw new UserError(
          root
              + ": no sample can be used"
              + problems.stream()
                  .filter(Problem::skipped)
                  .findFirst()
                  .map(problem -> "; skipped " + problem)
                  .orElse(""));
    }
    if (shards.list().stream().noneMatch(Shard::isFolder)) {
      inputs.add(shards.base());
      for (Shard shard : shards.list()) {
        inputs.add(shard.path());
        inputs.add(shard.path().getParent());
      }
    }
    return read.with(root, problems);
  }

  /** Shards that are folders have too many files to look at. */
  @Override
  public Set<Path> inputs() {
    return Set.copyOf(inputs);
  }

  private TablePart part(Shard shard, Path base, SampleColumns columns, boolean prefixed) {
    return new TablePart(
        new SampleTable(shard, base, columns, prefixed, config.limits()), base, shard.split());
  }
}
