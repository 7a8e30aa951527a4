package org.visionfashion.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.visionfashion.base.UserError;
import org.visionfashion.weights.convert.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convert}. */
@Command(
    name = "convert",
    description =
        "Reads weights (safetensors or PyTorch's .pth; names of this project, Hugging Face, timm or"
            + " CLIP) and writes them in another form, or shows what a file holds.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
final class ConvertCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--from", paramLabel = "X", description = "A file, a folder or hf:owner/name.")
  private Path from;

  @Option(names = "--to", paramLabel = "Y", description = "A file or folder to make.")
  private Path to;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatName.class,
      description =
          "folder, hf-vit, hf-bert, timm, safetensors or pth; without it what the name of --to"
              + " says.")
  private Format format;

  @Option(names = "--half", description = "Writes 16-bit numbers.")
  private boolean half;

  @Option(
      names = "--inspect",
      paramLabel = "X",
      description = "Prints names, types and shapes of the tensors of a file, folder or model.")
  private Path inspected;

  private final Supplier<Work> work;

  ConvertCommand(Supplier<Work> work) {
    this.work = work;
  }

  static final class FormatName extends EnumName<Format> {
    FormatName() {
      super(Format.values());
    }
  }

  @Override
  public Integer call() {
    PrintWriter console = spec.commandLine().getOut();
    if (inspected != null) {
      console.println(work.get().inspect(inspected));
      return 0;
    }
    if (from == null || to == null) {
      throw new UserError("convert needs --from and --to, or --inspect");
    }
    work.get().convert(from, to, format == null ? Format.of(to) : format, half);
    console.println("Written: " + to);
    return 0;
  }
}
