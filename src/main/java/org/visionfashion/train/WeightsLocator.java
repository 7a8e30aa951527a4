package org.visionfashion.train;

import java.nio.file.Path;
import org.visionfashion.config.ProjectFolder;
import org.visionfashion.weights.StartingPoint;

/** Finds the weights that a configuration names: a path, relative to the project folder. */
final class WeightsLocator implements StartingPoint.Locator {

  @Override
  public Path locate(String init) {
    return ProjectFolder.resolve(init);
  }
}
