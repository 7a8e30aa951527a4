package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.ProjectFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Command lines that cannot be understood, help, version, and failures that nobody foresaw. */
class UsageTest {

  @TempDir private Path home;

  @BeforeEach
  void makeProject() throws IOException {
    System.setProperty(ProjectFolder.PROPERTY, home.toString());
    Files.createDirectories(home.resolve("configs"));
    Files.writeString(home.resolve("configs/demo.yaml"), "data: {size: 5}\nrun: {name: demo}\n");
    Files.writeString(home.resolve("configs/own.yaml"), "run: {name: own}\n");
  }

  @AfterEach
  void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train         |                             | missing command; contrastive, finetune, all",
        "visionfashion | data                        | missing command; demo, stats, prepare,"
            + " verify",
        "train         | contrastiv                  | contrastiv; did you mean contrastive?",
        "train         | all --confg=x               | --confg; did you mean --config?",
        "train         | all --zzz                   | unknown option --zzz",
        "train         | all --run                   | '--run' (NAME)",
        "train         | all --set x                 | --set x; section.key=value",
        "train         | all --config no.yaml        | no.yaml: no such file",
        "train         | all --quick --config x.yaml | --quick; --config",
        "train         | all --quick --resume        | --quick; --resume",
        "train         | sweep no.yaml               | no.yaml: no such file",
        "train         | all --resume                | no run in; ./train contrastive",
        "train         | finetune                    | no run in; ./train contrastive",
        "train         | all --set run.devices=[gpu7]| gpu7",
        "eval          |                             | no run in; ./train all; --model",
        "eval          | --split tst                 | tst; train, validation, test or all",
        "eval          | --run a --model b           | mutually exclusive",
        "eval          | --run dmo                   | no run dmo",
        "eval          | --model none                | none; config.json",
        "eval          | --compare a                 | two runs",
        "eval          | --compare a b --data x      | --compare; --data",
        "eval          | --compare a b --run a       | mutually exclusive",
        "eval          | test                        | unexpected argument test",
        "visionfashion | evl                         | evl; did you mean eval?",
        "visionfashion | data demo --size x          | '--size'; 'x'",
        "visionfashion | data demo --labels /no/such | --labels /no/such: no such folder",
        "visionfashion | data stats --source nosuch  | data.source; nosuch",
        "visionfashion | convert --from x            | --from; --to; --inspect",
        "visionfashion | convert --from x --to y --format z | z must be; hf-vit; pth",
        "visionfashion | check --model x             | --reference",
        "visionfashion | bench stepp                 | stepp; step, encode, optimizer, load",
        "visionfashion | bench step --micro-batch half | half must be auto or a whole number",
        "visionfashion | bench step --devices [gpu0,gpu0] | --devices; each of them once",
        "visionfashion | bench step --devices [gpu0  | --devices; [a, b]",
        "visionfashion | bench step --devices [gpu7] | gpu7",
      })
  void wrongUsageIsOneLineExitsWithTwoAndWritesNothing(
      String launcher, String arguments, String words) throws IOException {
    String[] args = arguments == null ? new String[0] : arguments.split(" ");
    Executed executed = Executed.run(launcher, args);
    assertThat(executed.exit()).as(executed.err()).isEqualTo(2);
    assertThat(executed.err()).hasLineCount(1).startsWith(launcher).contains(words.split("; "));
    assertThat(executed.out()).isEmpty();
    assertThat(home.resolve("data")).doesNotExist();
    assertThat(home.resolve("checkpoints/demo/run.json")).doesNotExist();
  }

  @Test
  void everyProblemOfAConfigurationIsALine() {
    Executed executed =
        Executed.run("train", "all", "--set", "contrastive.epoch=3", "--set", "data.test=7");
    assertThat(executed.exit()).isEqualTo(2);
    assertThat(executed.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("contrastive.epoch ") && line.contains("epochs?"))
        .anyMatch(line -> line.contains("data.test = 7"));
  }

  @Test
  void quickIsAConfigurationOfItsOwn() throws IOException {
    Files.copy(Path.of("configs/quick.yaml"), home.resolve("configs/quick.yaml"));
    Executed executed = Executed.run("train", "all", "--quick", "--set", "run.devices=[gpu7]");
    assertThat(executed.exit()).isEqualTo(2);
    assertThat(executed.err()).contains("gpu7");
    assertThat(home.resolve("checkpoints/quick/config.yaml")).exists();
    assertThat(home.resolve("data")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train contrastive",
        "train finetune",
        "train all",
        "train sweep",
        "eval",
        "visionfashion data demo",
        "visionfashion data stats",
        "visionfashion data prepare",
        "visionfashion data verify",
        "visionfashion convert",
        "visionfashion check",
        "visionfashion bench",
        "visionfashion train all",
      })
  void helpShowsTheNameThatWasTyped(String command) {
    String[] words = (command + " --help").split(" ", -1);
    Executed executed =
        Executed.run(words[0], java.util.Arrays.copyOfRange(words, 1, words.length));
    assertThat(executed.exit()).isZero();
    assertThat(executed.out()).startsWith("Usage: " + command + " ");
    assertThat(executed.err()).isEmpty();
  }

  @Test
  void versionNamesProgramJavaAndEngine() {
    Executed version = Executed.run("visionfashion", "version");
    assertThat(version.exit()).isZero();
    assertThat(version.out()).matches("visionfashion \\d+\\S*, Java \\d+, PyTorch .* DJL .*\n");
    assertThat(Executed.run("train", "--version").out()).isEqualTo(version.out());
  }

  /** A command that ends as its field says. */
  @Command(name = "fail")
  private static final class Failing implements Callable<Integer> {

    private final Throwable failure;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  private static Executed failed(Throwable failure) {
    java.io.StringWriter err = new java.io.StringWriter();
    CommandLine command = new Cli(new Interrupt()).commandLine("visionfashion");
    command.addSubcommand(new Failing(failure));
    command.getSubcommands().get("fail").setErr(new java.io.PrintWriter(err, true));
    command.setErr(new java.io.PrintWriter(err, true));
    return new Executed(command.execute("fail"), "", err.toString().replace("\r\n", "\n"));
  }

  @Test
  void anErrorOfTheVirtualMachineIsOneLineToo() {
    Executed heap = failed(new OutOfMemoryError("Java heap space"));
    assertThat(heap.exit()).isEqualTo(1);
    assertThat(heap.err()).hasLineCount(1).contains("fail: failed: out of memory", "-Xmx");
    Executed stack = failed(new StackOverflowError());
    assertThat(stack.exit()).isEqualTo(1);
    assertThat(stack.err()).hasLineCount(1).contains("StackOverflowError");
    Executed memory =
        failed(
            new ai.djl.engine.EngineException(
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes"));
    assertThat(memory.exit()).isEqualTo(1);
    assertThat(memory.err()).hasLineCount(1).contains("out of memory", "batch");
  }

  @Test
  void aFileIsNamedBeforeTheReason() {
    assertThat(failed(new java.nio.file.AccessDeniedException("/x/y")).err())
        .isEqualTo("visionfashion fail: failed: /x/y: permission denied\n");
    assertThat(failed(new java.nio.file.NoSuchFileException("/x/y")).err())
        .isEqualTo("visionfashion fail: failed: /x/y: no such file\n");
    assertThat(failed(new IllegalStateException("the loss is NaN\n at step 7")).err())
        .isEqualTo("visionfashion fail: failed: the loss is NaN\n");
    assertThat(failed(new NullPointerException("a is null")).err())
        .isEqualTo("visionfashion fail: failed: NullPointerException: a is null\n");
  }
}
