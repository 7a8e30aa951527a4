package org.visionfashion.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.visionfashion.base.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}. */
@Command(
    name = "check",
    description =
        "Compares a model's outputs with those another implementation wrote down, to trust an"
            + " import. Exit code 1 where one differs by more than the tolerance.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--model", paramLabel = "DIR", required = true, description = "A model folder.")
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

  private final Supplier<Work> work;

  CheckCommand(Supplier<Work> work) {
    this.work = work;
  }

  @Override
  public Integer call() {
    if (!(tolerance >= 0)) {
      throw new UserError("--tolerance " + tolerance + " must be a number, at least 0");
    }
    Findings report = work.get().check(model, reference, tolerance);
    spec.commandLine().getOut().println(report.text());
    return report.broken() ? 1 : 0;
  }
}
