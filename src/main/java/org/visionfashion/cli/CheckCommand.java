package org.visionfashion.cli;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.ReferenceCheck;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.pretrained.PublishedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}. */
@Command(
    name = "check",
    description =
        "Compares a model's outputs with those of another implementation, to verify an import. Exit"
            + " code 1 where one differs by more than the tolerance.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "A model folder, or that of a published CLIP or SigLIP.")
  private Path model;

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      required = true,
      description =
          "A safetensors file with pixel_values, input_ids, attention_mask and any of"
              + " image_embeds, text_embeds, vision.pooled, category_logits, ...")
  private Path reference;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-4",
      description = "The largest absolute difference allowed (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "auto (the first GPU, else the CPU), cpu, gpu0, gpu1, ... (default: ${DEFAULT-VALUE}).")
  private String device;

  @Override
  public Integer call() throws IOException {
    if (!(tolerance >= 0)) {
      throw new UserError("--tolerance " + tolerance + " must be a number, at least 0");
    }
    List<String> devices = ConfigLoader.devices("--device", device);
    Machine.start();
    boolean differs = false;
    try (SafetensorsFile file = SafetensorsFile.open(reference)) {
      for (ReferenceCheck.Difference output : differences(file, Machine.devices(devices).get(0))) {
        boolean tooFar = !(output.largest() <= tolerance); // NaN differs from everything
        differs |= tooFar;
        spec.commandLine().getOut().println(line(output, tooFar));
      }
    }
    return differs ? 1 : 0;
  }

  private List<ReferenceCheck.Difference> differences(SafetensorsFile file, Device on)
      throws IOException {
    if (!PublishedModel.isOne(model)) {
      return ReferenceCheck.run(ModelFolder.open(model), file, on);
    }
    try (PublishedModel published = PublishedModel.described(model)) {
      return ReferenceCheck.run(published, file, on);
    }
  }

  private static String line(ReferenceCheck.Difference output, boolean differs) {
    return String.format(
        Locale.ROOT,
        "%-20s %,12d values   largest difference %.2e   %s",
        output.output(),
        output.values(),
        output.largest(),
        differs ? "DIFFERS" : "equal");
  }
}
