package org.visionfashion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.ReferenceCheck;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.convert.Conversion;
import org.visionfashion.weights.convert.Format;
import org.visionfashion.weights.convert.Inspection;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.hub.HubLocator;
import org.visionfashion.weights.hub.HubReference;
import org.visionfashion.weights.hub.HubSettings;

/** Converts, shows and checks weights. */
final class WeightsWork {

  void convert(Path from, Path to, Format format, boolean half) {
    try {
      Conversion.run(located(from), to, format, half);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  String inspect(Path file) {
    try {
      return Inspection.of(located(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** A path as it is, and a model of the Hub where it is then. */
  private static Path located(Path place) throws IOException {
    if (!HubReference.isReference(place.toString())) {
      return place;
    }
    try (DownloadProgress downloads = new DownloadProgress()) {
      HubSettings settings = HubSettings.fromEnvironment(System.getenv());
      return new HubLocator(settings, downloads).locate(place.toString());
    }
  }

  Findings check(Path model, Path reference, double tolerance) {
    Machine.start();
    try (SafetensorsFile file = SafetensorsFile.open(reference)) {
      List<ReferenceCheck.Difference> differences =
          ReferenceCheck.run(ModelFolder.open(model), file, Machine.bestDevice());
      String table =
          differences.stream()
              .map(each -> line(each, tolerance))
              .collect(Collectors.joining(System.lineSeparator()));
      boolean differs = differences.stream().anyMatch(each -> differs(each, tolerance));
      return new Findings(table, differs);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static String line(ReferenceCheck.Difference difference, double tolerance) {
    return String.format(
        Locale.ROOT,
        "%-20s %,12d values   largest difference %.2e   %s",
        difference.output(),
        difference.values(),
        difference.largest(),
        differs(difference, tolerance) ? "DIFFERS" : "equal");
  }

  /** Not a number differs from everything. */
  private static boolean differs(ReferenceCheck.Difference difference, double tolerance) {
    return !(difference.largest() <= tolerance);
  }
}
