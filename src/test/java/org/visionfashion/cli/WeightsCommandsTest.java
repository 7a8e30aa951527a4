package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.model.Golden;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.WeightsFiles;

/** {@code convert} and {@code check} from outside, with the real work behind them. */
class WeightsCommandsTest {

  private static final String GOLDEN = Golden.path("").toString();

  @TempDir private Path folder;
  private String out;
  private String err;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(folder.resolve("text.txt"), "hello, world\n");
    Files.createFile(folder.resolve("empty"));
    Files.createDirectory(folder.resolve("other"));
    byte[] model = Files.readAllBytes(Golden.path("model.safetensors"));
    Files.write(folder.resolve("cut"), Arrays.copyOf(model, 5000));
  }

  /** GOLDEN and TMP in the arguments stand for folders. */
  private int run(String arguments) {
    Executed executed =
        Executed.run(
            "visionfashion",
            Arrays.stream(arguments.split(" ")).map(this::resolved).toArray(String[]::new));
    out = executed.out();
    err = executed.err();
    return executed.exit();
  }

  private String resolved(String text) {
    return text.replace("GOLDEN", GOLDEN).replace("TMP", folder.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--from TMP/none --to TMP/x           | TMP/none: no such file or folder",
        "--from TMP/text.txt --to TMP/x       | TMP/text.txt is not a weights file",
        "--from TMP/empty --to TMP/x          | TMP/empty is empty: download it again",
        "--from TMP/cut --to TMP/x            | TMP/cut states a header of 13488 bytes",
        "--from TMP/other --to TMP/x          | TMP/other holds no weights: none of"
            + " model.safetensors, model.safetensors.index.json, open_clip_model.safetensors,"
            + " pytorch_model.bin, open_clip_pytorch_model.bin",
        "--from GOLDEN/legacy_format.pth --to TMP/x | weights_only=True",
        "--from GOLDEN/metrics.safetensors --to TMP/x | GOLDEN/metrics.safetensors: unrecognised"
            + " tensor names",
        "--from hf:a/b/c --to TMP/x           | \"hf:a/b/c\" is not a repository of the Hub; write"
            + " hf:owner/name",
        "--from GOLDEN --to TMP/a/b/x.pth     | TMP/a/b/x.pth cannot be made: there is no folder"
            + " TMP/a/b",
        "--from GOLDEN --to TMP/text.txt/x    | TMP/text.txt/x cannot be made: there is no folder"
            + " TMP/text.txt",
        "--from GOLDEN --to TMP/text.txt      | TMP/text.txt exists already; name another place",
        "--from GOLDEN --to TMP/other         | TMP/other exists already; name another place",
        "--from GOLDEN --to TMP/x.pth --half  | a .pth is written in 32 bits; convert without"
            + " --half",
        "--from GOLDEN/vit.timm.safetensors --to TMP/x | GOLDEN/vit.timm.safetensors has the names"
            + " of timm's vision transformer; a folder takes a whole model: choose another"
            + " --format",
        "--from GOLDEN/vit.timm.safetensors --to TMP/x --format hf-bert |"
            + " GOLDEN/vit.timm.safetensors has no text_encoder.*: its names are those of timm's"
            + " vision transformer",
        "--inspect TMP/none                   | TMP/none: no such file or folder",
        "--inspect TMP/text.txt               | TMP/text.txt is not a weights file",
      })
  void badInputOfConvertIsOneLine(String arguments, String message) {
    String[] before = folder.toFile().list();
    assertThat(run("convert " + arguments)).isEqualTo(2);
    assertThat(err.lines()).hasSize(1);
    assertThat(err).contains(resolved(message));
    assertThat(out).isEmpty();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model TMP/none --reference GOLDEN/forward.safetensors | TMP/none is not a model folder:"
            + " it has no config.json",
        "--model TMP/other --reference GOLDEN/forward.safetensors | TMP/other is not a model"
            + " folder: it has no config.json",
        "--model GOLDEN --reference TMP/none  | TMP/none: no such file",
        "--model GOLDEN --reference TMP/empty | TMP/empty is too short to be a safetensors file",
        "--model GOLDEN --reference TMP/cut   | TMP/cut states a header of 13488 bytes",
        "--model GOLDEN --reference GOLDEN/model.safetensors | the reference has none of"
            + " image_embeds, text_embeds, image_embeds_pooler, text_embeds_pooler,"
            + " vision.pooled, text.pooled_cls, category_logits, attribute_logits",
        "--model GOLDEN --reference GOLDEN/forward.safetensors --tolerance -1 | --tolerance -1.0"
            + " must be a number, at least 0",
        "--model GOLDEN --reference GOLDEN/forward.safetensors --tolerance NaN | --tolerance NaN"
            + " must be a number, at least 0",
        "--model GOLDEN --reference GOLDEN/image_pooler.safetensors | GOLDEN/model.safetensors does"
            + " not fit its config.json",
      })
  void badInputOfCheckIsOneLine(String arguments, String message) {
    assertThat(run("check " + arguments)).isEqualTo(2);
    assertThat(err).hasLineCount(1).startsWith("visionfashion check: ").contains(resolved(message));
    assertThat(out).isEmpty();
  }

  @Test
  void theReferencePasses() {
    assertThat(run("check --model GOLDEN --reference GOLDEN/forward.safetensors")).isZero();
    assertThat(out.lines()).hasSize(7).allMatch(line -> line.endsWith("   equal"));
    assertThat(out).contains("image_embeds ", "256 values   largest difference ");
    assertThat(err).isEmpty();
  }

  @Test
  void aDifferenceBeyondTheToleranceExitsWithOne() {
    assertThat(run("check --model GOLDEN --reference GOLDEN/forward.safetensors --tolerance 1e-12"))
        .isEqualTo(1);
    assertThat(out).contains("DIFFERS");
    assertThat(err).isEmpty();
  }

  /** The notebook's checkpoint, to a folder, and the folder against the reference. */
  @Test
  void anImportIsTrusted() throws IOException {
    assertThat(run("convert --from GOLDEN/state_dict.pth --to TMP/model")).isZero();
    assertThat(out).isEqualTo("Written: " + folder.resolve("model") + "\n");
    assertThat(ModelFolder.open(folder.resolve("model")).description().provenance())
        .containsEntry("converted_from", "state_dict.pth");
    assertThat(run("check --model TMP/model --reference TMP/outputs")).isEqualTo(2);
    assertThat(err).endsWith("outputs: no such file\n");
  }

  @Test
  void inspectShowsNamesShapesTypesTotalAndMetadata() {
    assertThat(run("convert --inspect GOLDEN/clip_visual.safetensors")).isZero();
    assertThat(out.lines())
        .anyMatch(line -> line.matches("visual\\.conv1\\.weight +F32 +\\[48, 3, 8, 8\\]"))
        .anyMatch(line -> line.matches("[\\d,]+ tensors \\{F32=\\d+\\}, [\\d,]+ numbers"))
        .contains("names of: CLIP")
        .anyMatch(line -> line.startsWith("heads: "));
  }

  @Test
  void halfTheBitsInAFolderThatOpens() throws IOException {
    assertThat(run("convert --from GOLDEN --to TMP/half --half")).isZero();
    try (Tensors tensors = WeightsFiles.open(folder.resolve("half"))) {
      assertThat(tensors.info("image_projection.weight").type()).isEqualTo("F16");
    }
    assertThat(
            run("check --model TMP/half --reference GOLDEN/forward.safetensors --tolerance 0.05"))
        .isZero();
  }
}
