package org.visionfashion.weights.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.visionfashion.config.ProjectFolder;
import org.visionfashion.weights.ShardedTensors;
import org.visionfashion.weights.StartingPoint;
import org.visionfashion.weights.WeightsException;
import org.visionfashion.weights.WeightsFiles;

/**
 * Finds the weights that a configuration names: on the Hub where it says {@code hf:}, else a path
 * relative to the project folder.
 */
public final class HubLocator implements StartingPoint.Locator {

  /** What belongs to weights; a model may lack any of these. */
  private static final List<String> COMPANIONS = List.of("config.json", "tokenizer.json");

  private final Hub hub;

  public HubLocator(HubSettings settings, HubProgress progress) {
    this(new Hub(settings, progress));
  }

  HubLocator(Hub hub) {
    this.hub = hub;
  }

  @Override
  public Path locate(String init) throws IOException {
    return HubReference.isReference(init)
        ? fetched(HubReference.parse(init))
        : ProjectFolder.resolve(init);
  }

  /** The folder with one form of the weights, the best there is, and what belongs to them. */
  private Path fetched(HubReference reference) throws IOException {
    for (String name : WeightsFiles.NAMES) {
      Optional<Path> weights = hub.fileIfThere(reference, name);
      if (weights.isPresent()) {
        for (String shard : shards(weights.get())) {
          hub.file(reference, shard);
        }
        for (String companion : COMPANIONS) {
          hub.fileIfThere(reference, companion);
        }
        return weights.get().getParent();
      }
    }
    throw new WeightsException(
        reference + " has no weights: none of " + String.join(", ", WeightsFiles.NAMES));
  }

  private static List<String> shards(Path weights) throws IOException {
    boolean index = weights.getFileName().toString().endsWith(WeightsFiles.INDEX);
    return index ? ShardedTensors.files(weights) : List.of();
  }
}
