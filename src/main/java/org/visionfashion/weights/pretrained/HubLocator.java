package org.visionfashion.weights.pretrained;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.data.text.TokenizerFiles;
import org.visionfashion.hub.Hub;
import org.visionfashion.hub.HubProgress;
import org.visionfashion.hub.HubReference;
import org.visionfashion.hub.HubSettings;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.ShardedTensors;
import org.visionfashion.weights.file.WeightsFiles;

/**
 * Finds the weights that a configuration names: on the Hub where it says {@code hf:}, else a path
 * relative to the project folder.
 */
public final class HubLocator implements InitialWeights.Locator {

  /** What belongs to weights; a model may lack any of these. */
  private static final List<String> COMPANIONS =
      Stream.concat(
              Stream.of(ModelFolder.CONFIG, SourceConfig.OPEN_CLIP, SourceConfig.PREPROCESSOR),
              TokenizerFiles.NAMES.stream())
          .toList();

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
        ? fetched(HubReference.parse(init).require(HubReference.Kind.MODEL))
        : ProjectFolder.resolve(init);
  }

  /** The folder with one form of the weights, the best there is, and what belongs to them. */
  private Path fetched(HubReference reference) throws IOException {
    Optional<Path> modules = hub.fileAtHand(reference, SentenceTransformer.MODULES);
    if (modules.isEmpty()) {
      return folder(reference, weights(reference, ""), COMPANIONS);
    }
    SentenceTransformer sentences = SentenceTransformer.read(modules.get());
    List<String> companions = new ArrayList<>(List.of(SentenceTransformer.MODULES));
    COMPANIONS.forEach(name -> companions.add(sentences.ofTransformer(name)));
    sentences.pooling().ifPresent(companions::add);
    return folder(reference, weights(reference, sentences.ofTransformer("")), companions);
  }

  /** The files' folder in the cache, all of one commit. */
  private Path folder(HubReference reference, String weights, List<String> companions)
      throws IOException {
    List<String> wanted = new ArrayList<>(List.of(weights));
    wanted.addAll(companions);
    Path snapshot = hub.snapshot(reference, wanted);
    if (weights.endsWith(WeightsFiles.INDEX)) {
      HubReference commit = reference.at(snapshot.getFileName().toString());
      String folder = weights.substring(0, weights.lastIndexOf('/') + 1);
      for (String shard : ShardedTensors.files(snapshot.resolve(weights))) {
        hub.file(commit, folder + shard);
      }
    }
    return snapshot;
  }

  private String weights(HubReference reference, String folder) {
    List<String> names = WeightsFiles.NAMES.stream().map(name -> folder + name).toList();
    return names.stream()
        .filter(name -> hub.fileAtHand(reference, name).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    reference
                        + " has no weights: none of "
                        + String.join(", ", names)
                        + hub.where()));
  }
}
