package org.visionfashion.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.visionfashion.base.UserError;
import org.visionfashion.hub.HubReference;
import org.visionfashion.weights.convert.Conversion;
import org.visionfashion.weights.convert.Format;
import org.visionfashion.weights.convert.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convert}. */
@Command(
    name = "convert",
    description =
        "Reads weights (safetensors or PyTorch's .pth; names of this project, Hugging Face, timm or"
            + " open_clip) and writes them in another format, or shows what a file holds.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
final class ConvertCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--from", paramLabel = "X", description = "A file, a folder or hf:owner/name.")
  private Path from;

  @Option(names = "--to", paramLabel = "Y", description = "The file or folder to write.")
  private Path to;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "folder, hf-clip, hf-siglip, open_clip, onnx, onnx-int8, torchscript, hf-vit, hf-bert, timm,"
              + " safetensors or pth (default: by the name of --to).")
  private Format format;

  @Option(names = "--half", description = "Writes 16-bit numbers (default: 32-bit).")
  private boolean half;

  @Option(
      names = "--inspect",
      paramLabel = "X",
      description = "Prints names, types and shapes of the tensors of a file, folder or model.")
  private Path inspected;

  @Override
  public Integer call() throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    if (inspected != null) {
      console.println(Inspection.of(located(inspected)));
      return 0;
    }
    if (from == null || to == null) {
      throw new UserError("convert needs --from and --to, or --inspect");
    }
    Conversion.run(located(from), to, format == null ? Format.of(to) : format, half);
    console.println("Written: " + to);
    return 0;
  }

  /** A path as it is; a model of the Hub where it lies after its download. */
  private static Path located(Path place) throws IOException {
    if (!HubReference.isReference(place.toString())) {
      return place;
    }
    try (DownloadProgress downloads = new DownloadProgress()) {
      return downloads.hub().locate(place.toString());
    }
  }
}
