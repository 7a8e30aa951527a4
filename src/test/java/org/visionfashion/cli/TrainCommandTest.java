package org.visionfashion.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.SmallDisk;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunFolders;
import org.visionfashion.run.RunStatus;

/** {@code train} from outside: tiny runs on real pictures; exit codes, files and the log. */
class TrainCommandTest {

  @TempDir private static Path shared;

  /** A project whose run tiny is finished, and one with no run. */
  private static TinyProject trained;

  private static TinyProject empty;
  private static Executed training;

  @TempDir private Path folder;
  private TinyProject project;

  @BeforeAll
  static void trainOnce() throws IOException {
    empty = new TinyProject(shared.resolve("empty"));
    trained = empty.copyTo(shared.resolve("trained"));
    System.setProperty(ProjectFolder.PROPERTY, trained.home().toString());
    training = Executed.run("train", "all", "--config", trained.config().toString());
  }

  @BeforeEach
  void takeFinishedRun() throws IOException {
    take(trained);
  }

  private void take(TinyProject template) throws IOException {
    project = template.copyTo(folder.resolve(template == empty ? "new" : "old"));
    System.setProperty(ProjectFolder.PROPERTY, project.home().toString());
  }

  @AfterAll
  static void leaveProject() {
    System.clearProperty(ProjectFolder.PROPERTY);
  }

  private static RunFolder run(String name) {
    return RunFolders.ofProject().get(name);
  }

  private static RunStatus status(String name) {
    return run(name).readStatus().orElseThrow();
  }

  /** With the tiny configuration. */
  private Executed train(String stage, String... more) {
    return train(new Interrupt(), stage, more);
  }

  private Executed train(Interrupt interrupt, String stage, String... more) {
    List<String> arguments = new ArrayList<>(List.of(stage));
    arguments.addAll(List.of("--config", project.config().toString()));
    arguments.addAll(List.of(more));
    return Executed.run(interrupt, "train", arguments.toArray(String[]::new));
  }

  /** Stops before the first step. */
  private static Interrupt atOnce() {
    Interrupt interrupt = new Interrupt();
    interrupt.request();
    return interrupt;
  }

  private static void assertDone(Executed executed) {
    assertThat(executed.err()).isEmpty();
    assertThat(executed.exit()).isZero();
  }

  private static void assertRefused(Executed executed, String... words) {
    assertThat(executed.exit()).as(executed.err()).isEqualTo(2);
    assertThat(executed.err()).hasLineCount(1).contains(words);
  }

  private static byte[] weights(String run) throws IOException {
    return Files.readAllBytes(run(run).model().resolve("model.safetensors"));
  }

  private static String judged(String run) throws IOException {
    JsonNode json = new ObjectMapper().readTree(run(run).eval().resolve("test.json").toFile());
    return json.at("/provenance/model/weights").textValue();
  }

  @Test
  void allTrainsBothStagesAndEvaluates() throws IOException {
    assertDone(training);
    assertThat(status("tiny")).matches(RunStatus::contrastiveDone).matches(RunStatus::finetuneDone);
    assertThat(run("tiny").model()).isDirectoryContaining("glob:**model.safetensors");
    assertThat(run("tiny").eval().resolve("test.json")).exists();
    List<String> log = Files.readAllLines(run("tiny").log());
    String page = "checkpoints/tiny/eval/test.html";
    assertThat(log.get(log.size() - 1)).contains("Report: ").endsWith(page);
    assertThat(run("tiny").eval().resolve("test.html")).exists();
  }

  @Test
  void aFinishedNameGetsTheNextNumber() throws IOException {
    byte[] before = weights("tiny");
    assertDone(train("all", "--set", "contrastive.epochs=1", "--set", "finetune.epochs=1"));
    assertThat(run("tiny-2").eval().resolve("test.json")).exists();
    assertThat(run("tiny-2").readConfig().run().name()).isEqualTo("tiny-2");
    assertThat(run("tiny-2").readConfig().contrastive().epochs()).isEqualTo(1);
    assertThat(weights("tiny")).isEqualTo(before);
    assertThat(run("tiny-2").log()).content().contains("Configuration: " + project.config());
  }

  /** Not the demo: whoever names a run and nothing else means its own configuration. */
  @Test
  void aNamedRunKeepsItsOwnConfiguration() {
    assertDone(Executed.run("train", "all", "--run", "tiny"));
    assertThat(run("tiny-2").exists()).as("the same again would be the same").isFalse();
    assertThat(run("tiny").log()).content().contains("already finished");
    assertDone(
        Executed.run("train", "contrastive", "--run", "tiny", "--set", "contrastive.epochs=1"));
    assertThat(run("tiny-2").readConfig().data()).isEqualTo(run("tiny").readConfig().data());
    assertThat(run("tiny-2").readConfig().contrastive().epochs()).isEqualTo(1);
    assertThat(run("tiny-2").log()).content().contains("Configuration: that of run tiny");
  }

  @Test
  void captionsThatAreCutAreCountedInTraining() throws IOException {
    take(empty);
    assertDone(
        train("contrastive", "--set", "model.text.max_tokens=4", "--set", "contrastive.epochs=1"));
    assertThat(run("tiny").log()).content().contains("max_tokens = 4 cuts 18 of 18 ");
  }

  @Test
  void theSameCommandResumesWhereItWasStopped() throws IOException {
    take(empty);
    assertThat(train(atOnce(), "all").exit()).isEqualTo(130);
    assertThat(status("tiny")).matches(status -> !status.contrastiveDone());
    assertDone(train("all", "--set", "data.workers=3"));
    assertThat(run("tiny").eval().resolve("test.json")).exists();
    assertThat(run("tiny-2").exists()).isFalse();
    assertThat(run("tiny").log())
        .content()
        .contains("Stopped; state saved", "data.workers is now 3");
  }

  /** The evaluation fails; the same command evaluates, and trains nothing. */
  @Test
  void theSameCommandResumesWithTheEvaluation() throws IOException {
    byte[] before = weights("tiny");
    deleteEvaluation();
    Files.writeString(run("tiny").eval(), "in the way");
    run("tiny").writeStatus(status("tiny").withEvaluated(false));
    Executed failed = train("all");
    assertThat(failed.exit()).as(failed.err()).isEqualTo(1);
    assertThat(failed.err()).hasLineCount(1).contains("failed", "eval", "run.log");
    Files.delete(run("tiny").eval());
    assertDone(train("all"));
    assertThat(run("tiny").eval().resolve("test.json")).exists();
    assertThat(weights("tiny")).isEqualTo(before);
    assertThat(run("tiny-2").exists()).isFalse();
  }

  private static void deleteEvaluation() throws IOException {
    try (Stream<Path> files = Files.walk(run("tiny").eval())) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Another stage two makes other weights: what was measured before is not theirs. */
  @Test
  void anEvaluationOfEarlierWeightsIsStale() throws IOException {
    String before = judged("tiny");
    assertDone(train("finetune", "--set", "finetune.epochs=1", "--set", "finetune.lr=0.02"));
    assertThat(run("tiny").path().resolve("finetune-1")).isDirectory();
    Path copy = run("other").path();
    Executed resumed = Executed.run("train", "all", "--resume");
    assertDone(resumed);
    assertThat(judged("tiny")).isNotEqualTo(before);
    String now = judged("tiny");
    assertDone(Executed.run("train", "all", "--resume"));
    assertThat(judged("tiny")).isEqualTo(now);
    assertThat(copy).doesNotExist();
  }

  @Test
  void aComparisonDoesNotTakeAStaleEvaluation() throws IOException {
    String before = judged("tiny");
    assertDone(train("all", "--set", "contrastive.epochs=1", "--set", "finetune.epochs=1"));
    assertDone(train("finetune", "--run", "tiny", "--set", "finetune.lr=0.02"));
    Executed compared = Executed.run("eval", "--compare", "tiny", "tiny-2");
    assertDone(compared);
    assertThat(judged("tiny")).isNotEqualTo(before);
  }

  @Test
  void aResumedRunHasItsOwnConfiguration() {
    Executed resumed = Executed.run("train", "all", "--resume", "--set", "save.keep=9");
    assertDone(resumed);
    assertThat(run("tiny").readConfig().contrastive().epochs()).isEqualTo(3);
    assertThat(run("tiny").readConfig().save().keep()).isEqualTo(9);
    assertThat(run("tiny").log()).content().contains("save.keep is now 9");
    Executed refused =
        Executed.run(
            "train", "all", "--resume", "--set", "contrastive.lr=0.5", "--set", "data.test=0.3");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("contrastive.lr") && line.contains("0.5"))
        .anyMatch(line -> line.contains("data.test") && line.contains("0.3"));
  }

  @Test
  void whatIsFinishedIsNotDoneAgain() throws IOException {
    byte[] before = weights("tiny");
    for (String stage : List.of("contrastive", "finetune", "all")) {
      assertDone(Executed.run("train", stage, "--resume"));
    }
    assertThat(weights("tiny")).isEqualTo(before);
    assertThat(run("tiny").log()).content().contains("nothing left to do");
    List<String> log = Files.readAllLines(run("tiny").log());
    assertThat(log.get(log.size() - 1)).endsWith("checkpoints/tiny/eval/test.html");
    assertThat(run("tiny-2").exists()).isFalse();
  }

  @Test
  void stageTwoTakesTheNamedRunOrTheNewest() throws IOException {
    take(empty);
    assertDone(train("contrastive", "--run", "a", "--set", "contrastive.epochs=1"));
    assertDone(train("contrastive", "--run", "b", "--set", "contrastive.epochs=1"));
    assertDone(Executed.run("train", "finetune", "--set", "finetune.epochs=1"));
    assertThat(status("b")).matches(RunStatus::finetuneDone);
    assertDone(
        Executed.run("train", "finetune", "--set", "run.name=a", "--set", "finetune.lr=0.5"));
    assertThat(run("a").readConfig().finetune().optimizer().lr()).isEqualTo(0.5);
    assertRefused(Executed.run("train", "finetune", "--run", "bb"), "no run bb");
    assertRefused(Executed.run("train", "finetune", "--set", "run.name=z"), "no run z");
  }

  @Test
  void stageTwoNeedsStageOne() throws IOException {
    take(empty);
    assertThat(train(atOnce(), "contrastive").exit()).isEqualTo(130);
    assertRefused(Executed.run("train", "finetune"), "stage one", "./train contrastive --run tiny");
    assertRefused(Executed.run("eval"), "no model yet", "./train all --run tiny");
  }

  @Test
  void withoutATestSplitTrainingEndsWell() throws IOException {
    take(empty);
    String[] sets = {
      "--set", "data.test=0", "--set", "contrastive.epochs=1", "--set", "finetune.epochs=1"
    };
    assertDone(train("all", sets));
    List<String> log = Files.readAllLines(run("tiny").log());
    assertThat(log.get(log.size() - 1)).endsWith("checkpoints/tiny/curves.html");
    int told = index(log, "no test split");
    assertThat(told).isNotNegative().isLessThan(index(log, "Matrix products"));
    assertThat(run("tiny").eval()).doesNotExist();
    assertDone(Executed.run("train", "all", "--resume"));
    assertDone(train("all", sets));
    assertThat(run("tiny-2").exists()).as("the first is finished").isTrue();
  }

  /** What is offered next can be done: nothing is evaluated on a split that is empty. */
  @Test
  void withoutAValidationSplitNoEvaluationOfItIsOffered() throws IOException {
    assertThat(run("tiny").log()).content().contains("--split validation");
    take(empty);
    assertDone(
        train(
            "all",
            "--set",
            "data.validation=0",
            "--set",
            "contrastive.epochs=1",
            "--set",
            "finetune.epochs=1"));
    assertThat(run("tiny").log())
        .content()
        .contains("./eval --run tiny --robustness")
        .doesNotContain("--split validation");
  }

  /** A column that nobody named is not used, which is said before anything is trained. */
  @Test
  void whatIsNotUsedOfTheDataIsSaid() throws IOException {
    take(empty);
    Path table = project.home().resolve("Größe 👗/table.csv");
    Files.writeString(table, Files.readString(table).replaceFirst("caption", "wording"));
    assertRefused(train("all"), "no picture with a caption", "data.columns");
    assertThat(run("tiny").log()).content().contains("columns not used: wording");
  }

  /** What stage two lacks is said before stage one trains, not after it. */
  @Test
  void dataWithoutLabelsAreRefusedBeforeAnythingIsTrained() throws IOException {
    take(empty);
    Path table = project.home().resolve("Größe 👗/table.csv");
    Files.writeString(table, Files.readString(table).replaceAll("(?m),[^,\n]*,[^,\n]*$", ""));
    assertRefused(train("all"), "categories or attributes", "./train contrastive");
    assertThat(run("tiny").contrastive()).doesNotExist();
    assertDone(train("contrastive", "--set", "contrastive.epochs=1"));
  }

  private static int index(List<String> lines, String words) {
    return (int) lines.stream().takeWhile(line -> !line.contains(words)).count() % lines.size();
  }

  @Test
  void aSweepTrainsEachRunOnceAndCompares() throws IOException {
    take(empty);
    Path sweep = project.home().resolve("sweep.yaml");
    Files.writeString(
        sweep,
        """
        name: s
        base: tiny config.yaml
        seeds: [1]
        set: {contrastive.epochs: 1, finetune.epochs: 1}
        vary: {finetune.batch: [8]}
        """);
    assertThat(Executed.run(atOnce(), "train", "sweep", sweep.toString()).exit()).isEqualTo(130);
    assertDone(Executed.run("train", "sweep", sweep.toString()));
    assertThat(run("s-batch-8-seed1").readConfig().finetune().batch()).isEqualTo(8);
    assertThat(project.home().resolve("checkpoints/s/test.comparison.html")).exists();
    byte[] before = weights("s-base-seed1");
    assertDone(Executed.run("train", "sweep", sweep.toString()));
    assertThat(weights("s-base-seed1")).isEqualTo(before);
    assertThat(run("s-base-seed1-2").exists()).isFalse();
  }

  @Test
  void aRunInTrainingIsLeftAlone() throws IOException {
    Path lock = run("tiny").path().resolve(".lock");
    try (FileChannel other =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(other.tryLock()).isNotNull();
      assertRefused(Executed.run("train", "all", "--resume"), "run tiny", "training right now");
    }
    assertDone(Executed.run("train", "all", "--resume"));
  }

  @Test
  void aFolderThatMayNotBeWrittenIsNamed() throws IOException {
    take(empty);
    Path checkpoints = project.home().resolve("checkpoints");
    Optional<SmallDisk> disk = SmallDisk.mount(checkpoints, "ro");
    assumeTrue(disk.isPresent(), "only root may mount a read-only disk");
    try (SmallDisk readOnly = disk.get()) {
      assertThat(readOnly.folder()).isEmptyDirectory();
      Executed executed = train("all");
      assertThat(executed.exit()).isEqualTo(1);
      assertThat(executed.err()).contains(checkpoints.resolve("tiny").toString(), "Read-only");
    }
  }

  @Test
  void aFailureIsOneLineAndItsTraceIsInTheLog() throws IOException {
    take(empty);
    Files.createDirectories(run("tiny").path());
    Files.writeString(run("tiny").contrastive(), "in the way");
    Executed executed = train("contrastive");
    assertThat(executed.exit()).isEqualTo(1);
    assertThat(executed.err())
        .hasLineCount(1)
        .contains("train contrastive: failed: ", run("tiny").log().toString());
    assertThat(run("tiny").log()).content().contains("\tat org.visionfashion");
  }

  /** Whoever mistyped a path may correct it: nothing has come of the run. */
  @Test
  void aRunThatBadInputKeptFromBeginningIsForgotten() throws IOException {
    take(empty);
    assertRefused(train("contrastive", "--set", "model.image.init=/x"), "/x");
    assertRefused(train("contrastive", "--set", "data.root=/none/at/all"), "/none/at/all");
    assertThat(run("tiny").exists()).isFalse();
    assertThat(train(atOnce(), "contrastive").exit()).isEqualTo(130);
    assertRefused(
        train("contrastive", "--set", "contrastive.epochs=77"), "contrastive.epochs", "77");
    assertDone(train("contrastive"));
  }
}
