package org.visionfashion.weights.pretrained;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.FileDigest;
import org.visionfashion.config.InitConfig.InitActivation;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.WeightsFiles;

/** Models that are used as they are: checkpoint folders, and published CLIP and SigLIP models. */
public final class Models {

  private static final Logger LOG = LoggerFactory.getLogger(Models.class);

  private Models() {}

  /**
   * Opens a model; of a published one, says what was taken from where.
   *
   * @param place a checkpoint folder, or the folder or file of published weights
   * @throws org.visionfashion.base.UserError where it is neither
   */
  public static Checkpoint open(Path place, Device device) throws IOException {
    return open(place, device, InitActivation.STATED);
  }

  /**
   * The same of one that may lie without its configuration.
   *
   * @param activation what the user says of it
   */
  public static Checkpoint open(Path place, Device device, InitActivation activation)
      throws IOException {
    if (!PublishedModel.isOne(place)) {
      return Checkpoint.open(place, device);
    }
    try (PublishedModel published = PublishedModel.open(place, activation)) {
      published.taken().forEach(line -> LOG.info("{}", line));
      return published.checkpoint(device);
    }
  }

  /** Makes sure that a model lies there, reading no more than headers. */
  public static void require(Path place, InitActivation activation) throws IOException {
    if (PublishedModel.isOne(place)) {
      PublishedModel.open(place, activation).close();
    } else {
      ModelFolder.open(place);
    }
  }

  /** Which model it is: SHA-256 of its weights, 64 hexadecimal digits. */
  public static String identity(Path place) throws IOException {
    if (!PublishedModel.isOne(place)) {
      return ModelFolder.open(place).identity();
    }
    return FileDigest.sha256(WeightsFiles.file(place));
  }
}
