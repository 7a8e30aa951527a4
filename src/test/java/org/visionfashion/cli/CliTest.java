package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.SmallDisk;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Config;
import org.visionfashion.config.ConfigLoader;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.Source;
import org.visionfashion.data.Split;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;
import org.visionfashion.run.RunStatus;
import picocli.CommandLine;

/** The commands from outside: arguments in; exit code, text, files and work out. */
class CliTest {

  @TempDir private Path home;

  private final FakeWork work = new FakeWork();
  private String out;
  private String err;

  @BeforeEach
  void makeProject() throws IOException {
    System.setProperty(ProjectFolder.PROPERTY, home.toString());
    Files.createDirectories(home.resolve("configs"));
    Files.copy(Path.of("configs/demo.yaml"), home.resolve("configs/demo.yaml"));
  }

  @AfterEach
  void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  @Test
  void allTrainsBothStagesAndEvaluates() {
    assertThat(train("all")).isZero();
    assertThat(work.calls)
        .containsExactly("prepare DEMO", "contrastive demo", "finetune demo", "evaluate test");
    RunFolder run = run("demo");
    assertThat(run.readStatus().orElseThrow())
        .matches(RunStatus::contrastiveDone)
        .matches(RunStatus::finetuneDone);
    assertThat(run.readConfig()).isEqualTo(work.configs.get(0));
    assertThat(work.evaluations)
        .containsExactly(new Evaluation(Split.TEST, run.model(), run.readConfig(), run.eval()));
    assertThat(run.log())
        .content()
        .contains("Run demo: new, results in " + run.path())
        .contains("the table")
        .contains("Report: " + run.eval().resolve("test.html"));
  }

  @Test
  void theNextRunOfAFinishedNameGetsANumberAndSaysSo() {
    assertThat(train("all")).isZero();
    assertThat(train("all")).isZero();
    assertThat(work.calls).contains("contrastive demo-2", "finetune demo-2");
    assertThat(run("demo-2").readConfig().run().name()).isEqualTo("demo-2");
    assertThat(train("all", "--run", "mine", "--set", "contrastive.epochs=3")).isZero();
    assertThat(run("mine").readConfig().contrastive().epochs()).isEqualTo(3);
  }

  @Test
  void anInterruptedRunIsContinuedByTheSameCommand() {
    work.finishes = false;
    assertThat(train("all")).isEqualTo(130);
    assertThat(work.calls).containsExactly("prepare DEMO", "contrastive demo");
    work.finishes = true;
    work.calls.clear();
    assertThat(train("all", "--set", "data.workers=3")).isZero();
    assertThat(work.calls)
        .containsExactly("prepare DEMO", "contrastive demo", "finetune demo", "evaluate test");
    assertThat(run("demo").log()).content().contains("Run demo: goes on in");
  }

  @Test
  void aResumedRunHasItsOwnConfiguration() {
    work.finishes = false;
    String epochs = "contrastive.epochs=77";
    assertThat(train("contrastive", "--run", "mine", "--set", epochs)).isEqualTo(130);
    work.finishes = true;
    assertThat(train("contrastive", "--resume", "--set", "save.keep=9")).isZero();
    Config config = work.configs.get(work.configs.size() - 1);
    assertThat(config.contrastive().epochs()).isEqualTo(77);
    assertThat(config.save().keep()).isEqualTo(9);
    assertThat(work.calls).endsWith("contrastive mine");
    assertThat(run("mine").log()).content().contains("Run mine: save.keep is 9 now, was 2");
    work.calls.clear();
    assertThat(train("all", "--resume", "--set", "contrastive.lr=0.5", "--set", "data.seed=8"))
        .isEqualTo(2);
    assertThat(err.lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("run mine was begun with data.seed = 1, not 8"))
        .anyMatch(line -> line.contains("contrastive.lr = 0.0006, not 0.5"));
    assertThat(work.calls).isEmpty();
  }

  @Test
  void whatIsFinishedIsNotDoneAgain() throws IOException {
    assertThat(train("all", "--resume")).isEqualTo(2);
    assertThat(err).contains("no run in ");
    assertThat(train("all")).isZero();
    work.calls.clear();
    assertThat(train("contrastive", "--resume")).isZero();
    assertThat(train("finetune", "--resume")).isZero();
    assertThat(work.calls).containsOnly("prepare DEMO");
    assertThat(run("demo").log()).content().contains("Run demo: finished before, nothing is left");
    assertThat(train("all", "--resume")).isZero(); // its report is not there
    assertThat(work.calls).endsWith("evaluate test").doesNotContain("contrastive demo");
    Files.createDirectories(run("demo").eval());
    Files.writeString(run("demo").eval().resolve("test.json"), "{}");
    work.calls.clear();
    assertThat(train("all", "--resume")).isZero();
    assertThat(work.calls).containsOnly("prepare DEMO");
    assertThat(run("demo-2").exists()).isFalse();
  }

  @Test
  void aDeviceThatIsNotThereIsToldBeforeAnythingIsDrawn() {
    assertThat(train("all", "--set", "run.devices=[gpu7]")).isEqualTo(2);
    assertThat(err).contains("there is no gpu7");
    assertThat(work.calls).isEmpty();
    assertThat(run("demo").exists()).isFalse();
  }

  @Test
  void allGoesOnWithStageTwoWhereStageOneIsDone() {
    assertThat(train("contrastive")).isZero();
    work.calls.clear();
    assertThat(train("all", "--set", "finetune.epochs=2")).isZero();
    assertThat(work.calls).containsExactly("prepare DEMO", "finetune demo", "evaluate test");
  }

  @Test
  void aSweepTrainsEachRunOnceAndGoesOnAfterABreak() throws IOException {
    Path sweep = home.resolve("sweep.yaml");
    Files.writeString(
        sweep, "name: s\nbase: configs/demo.yaml\nseeds: [1, 2]\nvary: {finetune.batch: [8]}\n");
    work.finishes = false;
    assertThat(train("sweep", sweep.toString())).isEqualTo(130);
    assertThat(work.calls).containsExactly("prepare DEMO", "contrastive s-base-seed1");
    work.finishes = true;
    work.calls.clear();
    assertThat(train("sweep", sweep.toString())).isZero();
    assertThat(work.calls)
        .containsSubsequence(
            "contrastive s-base-seed1",
            "finetune s-base-seed1",
            "evaluate test",
            "contrastive s-batch-8-seed1",
            "contrastive s-base-seed2",
            "contrastive s-batch-8-seed2",
            "evaluate test");
    assertThat(run("s-batch-8-seed2").readConfig().finetune().batch()).isEqualTo(8);
    Files.createDirectories(run("s-base-seed1").eval());
    Files.writeString(run("s-base-seed1").eval().resolve("test.json"), "{}");
    String all = "compare [s-base-seed1, s-batch-8-seed1, s-base-seed2, s-batch-8-seed2]";
    assertThat(work.calls).endsWith(all);
    assertThat(work.comparisons.get(0).output()).contains(home.resolve("checkpoints/s"));
    work.calls.clear();
    assertThat(train("sweep", sweep.toString())).isZero();
    assertThat(work.calls) // the one with a report rests, the others only lack theirs
        .containsExactly(
            "prepare DEMO",
            "evaluate test",
            "prepare DEMO",
            "evaluate test",
            "prepare DEMO",
            "evaluate test",
            all);
  }

  @Test
  void aRunIsNotContinuedWithOtherSettings() {
    work.finishes = false;
    assertThat(train("contrastive")).isEqualTo(130);
    assertThat(train("contrastive", "--set", "contrastive.epochs=4321")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "train contrastive: run demo was begun with contrastive.epochs = "
                + run("demo").readConfig().contrastive().epochs()
                + ", not 4321: leave it, or begin another with --run NAME\n");
  }

  @Test
  void finetuneContinuesTheNewestRunOrTheNamedOne() {
    train("contrastive", "--run", "a");
    train("contrastive", "--run", "b");
    work.calls.clear();
    assertThat(train("finetune")).isZero();
    assertThat(train("finetune", "--run", "a", "--set", "finetune.lr=0.5")).isZero();
    assertThat(work.calls)
        .containsExactly("prepare DEMO", "finetune b", "prepare DEMO", "finetune a");
    train("contrastive", "--run", "c");
    work.calls.clear();
    assertThat(train("finetune", "--set", "run.name=b")).isZero();
    assertThat(work.calls).containsExactly("prepare DEMO", "finetune b");
    assertThat(train("finetune", "--set", "run.name=z")).isEqualTo(2);
    assertThat(err).contains("z");
    assertThat(run("a").readConfig().finetune().optimizer().lr()).isEqualTo(0.5);
  }

  @Test
  void finetuneAgainKeepsTheEarlierRecord() throws IOException {
    train("all");
    Files.createDirectories(run("demo").finetune());
    assertThat(train("finetune")).isZero();
    assertThat(run("demo").path().resolve("finetune-1")).isDirectory();
  }

  @Test
  void finetuneNeedsStageOne() {
    assertThat(train("finetune")).isEqualTo(2);
    assertThat(err)
        .startsWith("train finetune: no run in ")
        .endsWith("./train contrastive first\n");
    work.finishes = false;
    train("contrastive");
    assertThat(train("finetune")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "train finetune: run demo has not ended stage one: ./train contrastive --run demo\n");
    assertThat(train("finetune", "--run", "dmo")).isEqualTo(2);
    assertThat(err).contains("no run dmo").endsWith(", did you mean demo?\n");
  }

  @Test
  void aRunInTrainingIsLeftAlone() throws IOException {
    Path lock = home.resolve("checkpoints/demo/.lock");
    Files.createDirectories(lock.getParent());
    try (FileChannel other =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(other.tryLock()).isNotNull();
      assertThat(train("all")).isEqualTo(2);
    }
    assertThat(err).contains("run demo is in training right now");
    assertThat(work.calls).isEmpty();
    assertThat(train("all")).isZero();
  }

  @Test
  void aFolderThatMayNotBeWrittenIsNamed() throws IOException {
    Path checkpoints = home.resolve("checkpoints");
    Optional<SmallDisk> disk = SmallDisk.mount(checkpoints, "ro");
    assumeTrue(disk.isPresent(), "only root may mount a read-only disk");
    try (SmallDisk readOnly = disk.get()) {
      assertThat(readOnly.folder()).isEmptyDirectory();
      assertThat(train("all")).isEqualTo(1);
    }
    assertThat(err)
        .startsWith("train all: failed: cannot use " + checkpoints.resolve("demo") + ": ")
        .endsWith("Read-only file system\n");
    assertThat(work.calls).isEmpty();
  }

  @Test
  void aFailureAtWorkIsOneLineAndItsTraceIsInTheLog() {
    work.before =
        () -> {
          throw new IllegalStateException("the loss is NaN at step 7");
        };
    assertThat(train("all")).isEqualTo(1);
    Path log = run("demo").log();
    assertThat(err)
        .isEqualTo("train all: failed: the loss is NaN at step 7 (more in " + log + ")\n");
    assertThat(log).content().contains("IllegalStateException", "\tat org.visionfashion.cli");
  }

  @Test
  void memoryThatRunsOutIsAFailureToo() {
    work.before =
        () -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThat(train("all")).isEqualTo(1);
    assertThat(err).startsWith("train all: failed: out of memory: a smaller batch");
  }

  @Test
  void aFileThatMayNotBeWrittenIsNamedWithTheReason() {
    work.before =
        () -> {
          throw new UncheckedIOException("/x/y", new AccessDeniedException("/x/y"));
        };
    assertThat(train("all")).isEqualTo(1);
    assertThat(err).startsWith("train all: failed: AccessDeniedException: /x/y (more in ");
  }

  @Test
  void badDataIsBadInput() {
    work.before =
        () -> {
          throw new UserError("data/x: no pictures");
        };
    assertThat(train("all")).isEqualTo(2);
    assertThat(err).isEqualTo("train all: data/x: no pictures\n");
  }

  @Test
  void aModelThatCannotBeUsedIsBadInput() {
    work.before =
        () -> {
          throw new UserError("x/model is not a model folder: it has no config.json");
        };
    assertThat(train("all")).isEqualTo(2);
    assertThat(err).isEqualTo("train all: x/model is not a model folder: it has no config.json\n");
  }

  @Test
  void aRunThatBadInputKeptFromBeginningMayBeginOtherwise() throws IOException {
    work.before =
        () -> {
          throw new UserError("/x: no such file or folder");
        };
    assertThat(train("contrastive", "--set", "model.image.init=/x")).isEqualTo(2);
    assertThat(run("demo").exists()).isFalse();
    assertThat(train("contrastive")).isEqualTo(2);
    Files.createDirectories(run("demo").contrastive());
    assertThat(train("contrastive")).isEqualTo(2); // the training has begun: it is kept
    assertThat(run("demo").exists()).isTrue();
    work.before = () -> {};
    assertThat(train("contrastive", "--set", "model.image.init=/x")).isEqualTo(2);
    assertThat(err).contains("run demo was begun with model.image.init = random, not /x");
    assertThat(train("contrastive")).isZero();
  }

  @Test
  void evalMeansTheNewestRunUnlessTold() throws IOException {
    train("all", "--run", "a");
    train("all", "--run", "b");
    Files.createDirectories(run("a").model());
    Files.createDirectories(run("b").model());
    work.evaluations.clear();
    assertThat(eval()).isZero();
    assertThat(out)
        .isEqualTo(
            "Run b: %s\nthe table\nReport: %s\n"
                .formatted(run("b").model(), run("b").eval().resolve("test.html")));
    assertThat(eval("--split", "validation", "--run", "a", "--data", "/elsewhere")).isZero();
    Evaluation last = work.evaluations.get(1);
    assertThat(last.split()).isEqualTo(Split.VALIDATION);
    assertThat(last.model()).isEqualTo(run("a").model());
    assertThat(last.config().data().root()).isEqualTo(Path.of("/elsewhere"));
  }

  @Test
  void evalSetsRunsSideBySide() {
    train("all", "--run", "a");
    train("all", "--run", "b");
    work.calls.clear();
    assertThat(eval("--compare", "b", "a", "--split", "validation", "--out", "/tmp/out")).isZero();
    assertThat(out).isEqualTo("the comparison\n");
    assertThat(work.calls).containsExactly("compare [b, a]");
    assertThat(work.comparisons)
        .containsExactly(
            new ComparisonRequest(
                Split.VALIDATION, List.of(run("b"), run("a")), Optional.of(Path.of("/tmp/out"))));
    assertThat(eval("--compare", "a", "ab")).isEqualTo(2);
    assertThat(err).contains("eval: no run ab in ", ", did you mean a?");
    assertThat(eval("--compare", "a", "a")).isEqualTo(2);
    assertThat(err).isEqualTo("eval: --compare needs two runs or more: --compare RUN RUN ...\n");
    assertThat(eval("--compare", "a", "b", "--data", "/elsewhere")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "eval: --compare reads what ./eval --run NAME wrote: neither --data nor --robustness"
                + " goes with it\n");
    assertThat(eval("--compare", "a", "b", "--run", "a")).isEqualTo(2);
    assertThat(err).contains("mutually exclusive");
  }

  @Test
  void evalSpoilsPicturesWhenAsked() {
    train("all");
    run("demo").model().toFile().mkdirs();
    work.evaluations.clear();
    assertThat(eval("--robustness")).isZero();
    assertThat(eval()).isZero();
    assertThat(work.evaluations).extracting(Evaluation::robustness).containsExactly(true, false);
  }

  @Test
  void evalTakesACheckpointFolder() throws IOException {
    Path model = Files.createDirectories(home.resolve("somewhere/model"));
    assertThat(eval("--model", model.toString())).isEqualTo(2);
    assertThat(err).contains(model.toString(), "config.json");
    Files.writeString(model.resolve("config.json"), "{}");
    assertThat(eval("--model", model.toString())).isZero();
    assertThat(work.evaluations.get(0).output()).isEqualTo(model.resolve("eval"));
    assertThat(eval("--model", model.toString(), "--out", "/tmp/out")).isZero();
    assertThat(work.evaluations.get(1).output()).isEqualTo(Path.of("/tmp/out"));
  }

  /** A crash between two renames leaves no model, but the one before it beside its place. */
  @Test
  void evalFindsTheModelThatACrashSetAside() throws IOException {
    train("all");
    Path old = run("demo").model().resolveSibling("model.old");
    Files.createDirectories(old);
    Files.writeString(old.resolve("config.json"), "{}");
    work.evaluations.clear();
    assertThat(eval()).isZero();
    assertThat(eval("--model", run("demo").model().toString())).isZero();
    assertThat(work.evaluations).hasSize(2);
  }

  @Test
  void evalWithoutAModelSaysWhatToDo() {
    assertThat(eval()).isEqualTo(2);
    assertThat(err).contains("no run in", "./train all first");
    train("contrastive");
    assertThat(eval()).isEqualTo(2);
    assertThat(err).isEqualTo("eval: run demo has no model yet: ./train all --run demo\n");
  }

  @Test
  void dataDemoPassesItsOptionsOn() throws IOException {
    assertThat(visionfashion("data", "demo")).isZero();
    Path labels = Files.createDirectories(home.resolve("labels"));
    assertThat(
            visionfashion(
                "data",
                "demo",
                "--out",
                "/tmp/x",
                "--size",
                "5",
                "--seed",
                "6",
                "--width",
                "70",
                "--labels",
                labels.toString()))
        .isZero();
    DataConfig usual = ConfigLoader.load(home.resolve("configs/demo.yaml"), List.of()).data();
    assertThat(work.demos)
        .containsExactly(
            new DemoRequest(
                usual.root(), usual.size(), usual.seed(), OptionalInt.empty(), Optional.empty()),
            new DemoRequest(Path.of("/tmp/x"), 5, 6, OptionalInt.of(70), Optional.of(labels)));
    assertThat(visionfashion("data", "demo", "--labels", "/no/such")).isEqualTo(2);
    assertThat(err).isEqualTo("visionfashion data demo: --labels /no/such: no such folder\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--to a.pth, convert x a.pth PTH false",
    "--to a.safetensors --half, convert x a.safetensors SAFETENSORS true",
    "--to a, convert x a FOLDER false",
    "--to a --format hf-vit, convert x a HF_VIT false"
  })
  void convertTakesTheFormatFromTheTargetUnlessTold(String options, String call) {
    List<String> arguments = new ArrayList<>(List.of("convert", "--from", "x"));
    arguments.addAll(List.of(options.split(" ")));
    assertThat(visionfashion(arguments.toArray(String[]::new))).isZero();
    assertThat(work.calls).containsExactly(call);
    assertThat(out).startsWith("Written: a");
  }

  @Test
  void benchTakesItsOptions() {
    assertThat(
            visionfashion(
                "bench",
                "step",
                "--preset",
                "b32",
                "--batch",
                "8",
                "--micro-batch",
                "4",
                "--precision",
                "bf16",
                "--devices",
                "[cpu, cpu]"))
        .isZero();
    assertThat(out).isEqualTo("the figures\n");
    assertThat(work.calls.get(0))
        .contains(
            "what=STEP",
            "preset=B32",
            "batch=8",
            "microBatch=4",
            "precision=BF16",
            "devices=[cpu, cpu]");
    assertThat(visionfashion("bench", "step", "--precision", "tf32")).isZero();
    assertThat(work.calls.get(1)).contains("precision=TF32", "devices=[auto]");
    assertThat(visionfashion("bench", "step", "--micro-batch", "half")).isEqualTo(2);
    assertThat(err).contains("half must be auto or a whole number from 0 (all at once) to 1000000");
    assertThat(visionfashion("bench", "step", "--devices", "[gpu0, gpu0]")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "visionfashion bench: --devices: run.devices = [gpu0, gpu0] must be auto, all or cpu"
                + " alone, or GPUs, each of them once\n");
    assertThat(visionfashion("bench", "step", "--devices", "[gpu0")).isEqualTo(2);
    assertThat(err).contains("--devices [gpu0: no list of plain values, write [a, b]");
    assertThat(visionfashion("bench", "stepp")).isEqualTo(2);
    assertThat(err)
        .contains("stepp must be step, optimizer, load, loader, save, retrieval or gemm");
  }

  @Test
  void convertShowsAFile() {
    assertThat(visionfashion("convert", "--inspect", "f.pth")).isZero();
    assertThat(out).isEqualTo("the tensors of f.pth\n");
  }

  @Test
  void convertNeedsBothEnds() {
    assertThat(visionfashion("convert", "--from", "x")).isEqualTo(2);
    assertThat(err).contains("convert needs --from and --to, or --inspect");
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 1"})
  void checkExitsByWhatItFound(boolean differs, int exit) {
    work.broken = differs;
    assertThat(visionfashion("check", "--model", "m", "--reference", "r.safetensors"))
        .isEqualTo(exit);
    assertThat(out).isEqualTo("the differences\n");
    assertThat(work.calls).containsExactly("check m r.safetensors 1.0E-4");
  }

  @ParameterizedTest
  @CsvSource({
    "stats, false, 0, the counts",
    "stats, true, 1, the counts",
    "verify, false, 0, the faults",
    "verify, true, 1, the faults",
    "verify --all, true, 1, all faults",
    "prepare, false, 0, the cache"
  })
  void dataReportsExitByWhatTheyFound(String command, boolean broken, int exit, String report) {
    work.broken = broken;
    String[] words = ("data " + command + " --source folder --root /pictures").split(" ", -1);
    assertThat(visionfashion(words)).isEqualTo(exit);
    assertThat(out).isEqualTo(report + "\n");
    Config config = work.configs.get(0);
    assertThat(config.data().source()).isEqualTo(Source.FOLDER);
    assertThat(config.data().root()).isEqualTo(Path.of("/pictures"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train|''|train: which command? contrastive, finetune, all, sweep (see train --help)",
        "train|contrastiv|train: unknown command contrastiv, did you mean contrastive? (see train"
            + " --help)",
        "train|all --confg=x|train all: unknown option --confg, did you mean --config? (see train"
            + " all --help)",
        "train|all --zzz|train all: unknown option --zzz (see train all --help)",
        "train|all --run|train all: Missing required parameter for option '--run' (NAME) (see train"
            + " all --help)",
        "train|all --set x|train all: --set x: write --set section.key=value",
        "train|all --config no.yaml|train all: no.yaml: no such file",
        "eval|--split tst|eval: Invalid value for option '--split': tst must be train, validation"
            + " or test (see eval --help)",
        "eval|--run a --model b|eval: --run=NAME, --model=DIR are mutually exclusive (specify only"
            + " one) (see eval --help)",
        "eval|test|eval: unexpected argument test (see eval --help)",
        "visionfashion|evl|visionfashion: unknown command evl, did you mean eval? (see"
            + " visionfashion --help)",
        "visionfashion|data demo --size x|visionfashion data demo: Invalid value for option"
            + " '--size': 'x' is not an int (see visionfashion data demo --help)",
      })
  void wrongUsageIsOneLineAndExitsWithTwo(String launcher, String arguments, String message) {
    String[] args = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThat(execute(launcher, args)).isEqualTo(2);
    assertThat(err).isEqualTo(message + "\n");
    assertThat(out).isEmpty();
    assertThat(work.calls).isEmpty();
  }

  @Test
  void allProblemsOfAConfigurationAreToldALineEach() {
    assertThat(train("all", "--set", "contrastive.epoch=3", "--set", "data.test=7")).isEqualTo(2);
    assertThat(err.lines())
        .containsExactlyInAnyOrder(
            "train all: --set: contrastive.epoch is unknown, did you mean contrastive.epochs?",
            "train all: --set: data.test = 7 must be a number, at least 0 and less than 1");
  }

  @Test
  void helpShowsTheLaunchersNameAndLoadsNoWork() {
    Cli cli =
        new Cli(
            () -> {
              throw new AssertionError("help needs no work");
            },
            new Interrupt());
    assertThat(execute(cli, "train", "contrastive", "--help")).isZero();
    assertThat(out)
        .startsWith(
            "Usage: train contrastive [-hV] [--resume] [--config=FILE] [--run=NAME] [--set=")
        .contains("An unfinished run of");
    assertThat(execute(cli, "visionfashion", "train", "all", "--help")).isZero();
    assertThat(out).startsWith("Usage: visionfashion train all ");
    assertThat(execute(cli, "eval", "--help")).isZero();
    assertThat(out).startsWith("Usage: eval ");
  }

  @Test
  void versionNamesProgramJavaAndEngine() {
    assertThat(visionfashion("version")).isZero();
    assertThat(out).matches("visionfashion \\d+\\.\\d+\\.\\d+.*, Java \\d+, PyTorch .* DJL .*\n");
    String version = out;
    assertThat(train("--version")).isZero();
    assertThat(out).isEqualTo(version);
  }

  private RunFolder run(String name) {
    return RunFolders.ofProject().get(name);
  }

  private int train(String... args) {
    return execute("train", args);
  }

  private int eval(String... args) {
    return execute("eval", args);
  }

  private int visionfashion(String... args) {
    return execute("visionfashion", args);
  }

  private int execute(String launcher, String... args) {
    return execute(new Cli(() -> work, new Interrupt()), launcher, args);
  }

  private int execute(Cli cli, String launcher, String... args) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    CommandLine command = cli.commandLine(launcher);
    command.setOut(new PrintWriter(outText, true)).setErr(new PrintWriter(errText, true));
    int exit = command.execute(args);
    out = outText.toString().replace("\r\n", "\n");
    err = errText.toString().replace("\r\n", "\n");
    return exit;
  }
}
