package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.pytorch.jni.JniUtils;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Binder;
import org.visionfashion.config.FinetuneConfig.Encoders;
import org.visionfashion.config.InitConfig;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.config.ObjectiveConfig.MultiPositive;
import org.visionfashion.config.Precision;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Split;
import org.visionfashion.engine.Machine;
import org.visionfashion.model.Golden;
import org.visionfashion.run.RunFolder;
import org.visionfashion.run.RunStatus;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.checkpoint.TinyModel;
import org.visionfashion.weights.file.SafetensorsFile;

/** Whole stages on a tiny data set. A run is a function of configuration, seed and data. */
class StagesTest {

  private static final List<String> RESULTS =
      List.of("best.safetensors", "../model/model.safetensors");

  @TempDir private static Path shared;
  @TempDir private Path folder;

  /** Stage one, never interrupted. */
  private static Path stageOne;

  @BeforeAll
  static void trainStageOne() {
    stageOne = shared.resolve("stage-one");
    assertThat(new TinyRun(shared).contrastive(stageOne)).isEqualTo(TrainingLoop.End.COMPLETE);
  }

  @Test
  void whereThereIsNoTf32OneLineSaysSoAndItIsFp32() throws IOException {
    assumeFalse(Machine.bestDevice().isGpu(), "most GPUs have it");
    Logger log = (Logger) LoggerFactory.getLogger(StageRunner.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    TinyRun run = new TinyRun(shared);
    run.precision = Precision.TF32;
    Path place = folder.resolve("tf32");
    try {
      run.contrastive(place);
    } finally {
      log.detachAppender(lines);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(1)
        .first()
        .asString()
        .contains("tf32", "fp32");
    assertThat(TinyRun.metrics(place, "contrastive"))
        .isEqualTo(TinyRun.metrics(stageOne, "contrastive"));
  }

  /** Whichever type is the faster here: it is kept, and what was kept is taken. */
  @ParameterizedTest
  @ValueSource(strings = {"FP32", "BF16"})
  void autoKeepsWhatItMeasured(Precision kept) throws IOException {
    TinyRun run = new TinyRun(shared);
    run.precision = Precision.AUTO;
    Path measured = folder.resolve("auto " + kept);
    run.contrastive(measured);
    Optional<Precision> chosen = new RunFolder(measured).readStatus().orElseThrow().autoPrecision();
    assertThat(chosen).isPresent();

    Path forced = folder.resolve("kept " + kept);
    new RunFolder(forced).writeStatus(RunStatus.fresh().withAutoPrecision(kept));
    run.contrastive(forced);
    TinyRun named = new TinyRun(shared);
    named.precision = kept;
    Path expected = folder.resolve("named " + kept);
    named.contrastive(expected);
    assertThat(TinyRun.metrics(forced, "contrastive"))
        .isEqualTo(TinyRun.metrics(expected, "contrastive"));
  }

  private static TinyRun run(String encoders) {
    TinyRun run = new TinyRun(shared);
    run.encoders = Encoders.valueOf(encoders);
    return run;
  }

  /** A copy of stage one to train stage two in; empty for stage one. */
  private Path start(String name, String stage) throws IOException {
    Path place = folder.resolve(name);
    if (stage.equals("finetune")) {
      TinyRun.copy(stageOne, place);
    }
    return place;
  }

  private static void assertSame(Path actual, Path expected, String stage) throws IOException {
    assertThat(TinyRun.metrics(actual, stage)).isEqualTo(TinyRun.metrics(expected, stage));
    for (String result : RESULTS) {
      assertThat(actual.resolve(stage).resolve(result))
          .hasSameBinaryContentAs(expected.resolve(stage).resolve(result));
    }
    Path last = TinyRun.states(expected, stage).get(0);
    assertThat(actual.resolve(stage).resolve(last.getFileName())).hasSameBinaryContentAs(last);
  }

  @Test
  void whatStageOneLeavesBehind() throws IOException {
    List<String> lines = TinyRun.metrics(stageOne, "contrastive");
    assertThat(lines).hasSize(TinyRun.EPOCHS * (TinyRun.STEPS + 1));
    assertThat(lines.get(0)).startsWith("{\"stage\":\"contrastive\",\"epoch\":1,\"step\":1,");
    JsonMapper json = new JsonMapper();
    double sum = 0;
    for (int i = 0; i < TinyRun.STEPS; i++) {
      sum += json.readTree(lines.get(i)).get("loss").asDouble();
    }
    JsonNode epoch = json.readTree(lines.get(TinyRun.STEPS));
    assertThat(epoch.get("loss").asDouble()).isEqualTo(sum / TinyRun.STEPS);
    assertThat(epoch.get("validation").get("loss").asDouble()).isPositive().isFinite();
    ModelFolder model = ModelFolder.open(stageOne.resolve("model"));
    assertThat(model.description().labels()).contains(TinyModel.SCHEME);
    assertThat(model.description().provenance())
        .containsEntry("stage", "contrastive")
        .containsEntry("step", "9")
        .containsKeys("run", "version", "data", "best_epoch", "time", "machine");
    assertThat(stageOne.resolve("model/README.md")).hasContent("# model of contrastive");
    assertThat(stageOne.resolve("contrastive"))
        .isDirectoryContaining("glob:**/events.out.tfevents.*.visionfashion");
  }

  @ParameterizedTest
  @CsvSource({"contrastive,FROZEN", "finetune,FROZEN", "finetune,TRAINABLE"})
  void anyNumberOfLoaderThreadsGivesTheSameRun(String stage, String encoders) throws IOException {
    for (int workers : new int[] {1, 3}) {
      TinyRun run = run(encoders);
      run.workers = workers;
      Path place = start("workers-" + workers, stage);
      TinyRun.train(run.in(place, () -> false), stage);
    }
    assertSame(folder.resolve("workers-3"), folder.resolve("workers-1"), stage);
  }

  @Test
  void aRunStartsFromAnotherRunsModel() throws IOException {
    Path source = stageOne.resolve("model");
    TinyRun run = new TinyRun(shared);
    run.seed = 2;
    run.learningRate = 1e-50; // nothing moves in single precision
    run.init = startingFrom(stageOne);
    run.contrastive(folder.resolve("second"));
    Path result = folder.resolve("second").resolve("model");
    assertSameWeights(result, source);
    assertThat(result.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(source.resolve("tokenizer.json"));
  }

  /** At a rate that ruins the weights the start is what comes out; a stop changes nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void aStartThatNothingBeatsIsTheResult(int after) throws IOException {
    TinyRun run = new TinyRun(shared);
    run.seed = 2;
    run.learningRate = 3;
    run.init = startingFrom(stageOne);
    Path whole = folder.resolve("whole");
    List<String> said = warnings(() -> run.contrastive(whole), TroubleLog.class, StageRunner.class);
    assertThat(said).anyMatch(line -> line.contains("epoch 1") && line.contains("contrastive.lr"));
    assertThat(said).anyMatch(line -> line.contains("no epoch") && line.contains("contrastive.lr"));
    assertThat(said).anyMatch(line -> line.contains("collapsed"));
    assertThat(said).hasSize(3);
    JsonNode first = new JsonMapper().readTree(TinyRun.metrics(whole, "contrastive").get(0));
    assertThat(first.get("epoch").asInt()).isZero();
    assertThat(first.at("/validation/score").asDouble()).isPositive();
    assertSameWeights(whole.resolve("model"), stageOne.resolve("model"));
    cutAndResumed(run, after, whole);
  }

  /** Folders give every picture of a class the same caption. */
  @Test
  void captionsThatAreClassNamesArePositivesOfEachOther() {
    TinyRun run = new TinyRun(shared);
    run.examples =
        run.examples.stream().map(e -> with(e, List.of("class " + e.category()))).toList();
    TrainingRun auto = run.in(folder.resolve("auto"), () -> true);
    assertThat(auto.pairs().multiPositive()).isEqualTo(MultiPositive.TRUE);
    run.objective = Binder.of(ObjectiveConfig.class, "multi_positive=false");
    TrainingRun off = run.in(folder.resolve("off"), () -> true);
    assertThat(off.pairs().multiPositive()).isEqualTo(MultiPositive.FALSE);
    List<String> said = warnings(() -> TinyRun.train(off, "contrastive"), ContrastiveStage.class);
    assertThat(said)
        .anyMatch(line -> line.contains("cannot fall below") && line.contains("multi_positive"));
    TrainingRun others = new TinyRun(shared).in(folder.resolve("others"), () -> true);
    assertThat(others.pairs().multiPositive()).isEqualTo(MultiPositive.FALSE);
  }

  @Test
  void aBatchThatIsLargerThanTheSplitIsSaid() {
    TinyRun run = new TinyRun(shared);
    run.batch = 64;
    List<String> said =
        warnings(
            () -> TinyRun.train(run.in(folder.resolve("few"), () -> true), "contrastive"),
            TrainingRun.class);
    assertThat(said).anyMatch(line -> line.contains("14") && line.contains("64"));
  }

  /** Whatever the pass is: one graph, lanes, cached gradients. */
  @ParameterizedTest
  @CsvSource({
    "contrastive,TRAINABLE,0,0.2,image_",
    "contrastive,TRAINABLE,0,0,text_",
    "contrastive,TRAINABLE,3,0.2,image_",
    "contrastive,TRAINABLE,0,0,image_ text_",
    "contrastive,TRAINABLE,3,0,image_ text_",
    "finetune,TRAINABLE,3,0.2,image_",
    "finetune,TRAINABLE,0,0,image_encoder.encoder",
    "finetune,FROZEN,0,0,category_"
  })
  void whatIsFrozenStaysBitForBitAndTheRestIsTrained(
      String stage, String encoders, int microBatch, double dropout, String frozen)
      throws IOException {
    TinyRun run = run(encoders);
    run.microBatch = MicroBatch.of(microBatch);
    List<String> prefixes = List.of(frozen.split(" "));
    run.sets =
        List.of(
            "model.image.dropout=" + dropout,
            "model.text.dropout=" + dropout,
            "contrastive.learnable_temperature=true",
            stage + ".freeze=[" + String.join("*, ", prefixes) + "*]");
    Path before = folder.resolve("before");
    TinyRun untrained = run(encoders);
    untrained.learningRate = 1e-50;
    if (stage.equals("contrastive")) {
      untrained.contrastive(before);
    } else {
      TinyRun.copy(stageOne, before);
    }
    Path whole = start("whole", stage);
    assertThat(TinyRun.train(run.in(whole, () -> false), stage))
        .isEqualTo(TrainingLoop.End.COMPLETE);
    int changed = 0;
    try (SafetensorsFile one = SafetensorsFile.open(before.resolve("model/model.safetensors"));
        SafetensorsFile other = SafetensorsFile.open(whole.resolve("model/model.safetensors"))) {
      for (String name : one.names()) {
        if (prefixes.stream().anyMatch(name::startsWith)) {
          assertThat(other.floats(name)).as(name).isEqualTo(one.floats(name));
        } else if (!Arrays.equals(other.floats(name), one.floats(name))) {
          changed++;
        }
      }
    }
    assertThat(changed).isPositive();
  }

  @Test
  void ratesByLayerAndFrozenPartsAreResumedExactly() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.sets =
        List.of(
            "contrastive.layer_decay=0.7",
            "contrastive.text_factor=0.5",
            "contrastive.freeze=[text_encoder.embeddings.*]");
    Path whole = folder.resolve("whole");
    run.contrastive(whole);
    assertThat(TinyRun.metrics(whole, "contrastive"))
        .isNotEqualTo(TinyRun.metrics(stageOne, "contrastive"));
    cutAndResumed(run, 4, whole);
  }

  /** The steps are those of a run without; what is validated and delivered is the average. */
  @Test
  void averagedWeightsAreDeliveredAndResumedExactly() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.sets = List.of("contrastive.average_decay=0.5");
    Path whole = folder.resolve("whole");
    run.contrastive(whole);
    JsonMapper json = new JsonMapper();
    List<String> with = TinyRun.metrics(whole, "contrastive");
    List<String> without = TinyRun.metrics(stageOne, "contrastive");
    for (int i = 0; i < with.size(); i++) {
      JsonNode one = json.readTree(with.get(i));
      JsonNode other = json.readTree(without.get(i));
      assertThat(one.get("loss")).isEqualTo(other.get("loss"));
      if (one.has("validation")) {
        assertThat(one.at("/validation/loss")).isNotEqualTo(other.at("/validation/loss"));
      }
    }
    cutAndResumed(run, 4, whole);
  }

  /** Stage two begins with the average, too. */
  @Test
  void theResultIsAveragedWithTheStart() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.seed = 2;
    run.learningRate = 1e-3;
    run.init = startingFrom(stageOne);
    run.sets = List.of("contrastive.average_with_start=true");
    Path whole = folder.resolve("whole");
    run.contrastive(whole);
    JsonNode json = new JsonMapper().readTree(whole.resolve("contrastive/wise_ft.json").toFile());
    double chosen = json.get("chosen").asDouble();
    try (SafetensorsFile from = weights(stageOne, "model/model");
        SafetensorsFile best = weights(whole, "contrastive/best");
        SafetensorsFile result = weights(whole, "model/model");
        SafetensorsFile kept = weights(whole, "contrastive/result")) {
      for (String name : best.names()) {
        assertThat(result.floats(name))
            .as(name)
            .isEqualTo(WiseFt.between(from.floats(name), best.floats(name), chosen))
            .isEqualTo(kept.floats(name));
      }
    }
    cutAndResumed(run, 4, whole);
  }

  private static SafetensorsFile weights(Path run, String name) throws IOException {
    return SafetensorsFile.open(run.resolve(name + ".safetensors"));
  }

  /** Stage two begins with weights that somebody else has made. */
  @Test
  void noEpochOfStageOneLeavesTheNamedWeights() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.seed = 2;
    run.init = startingFrom(stageOne);
    run.sets = List.of("contrastive.epochs=0");
    Path place = folder.resolve("none");
    assertThat(run.contrastive(place)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertSameWeights(place.resolve("model"), stageOne.resolve("model"));
    assertThat(run.finetune(place)).isEqualTo(TrainingLoop.End.COMPLETE);
  }

  /** Of the towers only the matrices of the layers change; the run is resumed exactly. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void adaptersLeaveTheRestOfTheTowers(int microBatch) throws IOException {
    TinyRun run = new TinyRun(shared);
    run.seed = 2;
    run.microBatch = MicroBatch.of(microBatch);
    run.init = startingFrom(stageOne);
    run.sets = List.of("contrastive.lora_rank=2", "contrastive.average_decay=0.5");
    Path whole = folder.resolve("whole");
    run.contrastive(whole);
    Path last = TinyRun.states(whole, "contrastive").get(0);
    try (SafetensorsFile before = weights(stageOne, "model/model");
        SafetensorsFile after = SafetensorsFile.open(last)) {
      for (String name : before.names()) {
        boolean matrix =
            name.contains(".encoder.layer.")
                && name.endsWith(".weight")
                && before.info(name).shape().length == 2;
        boolean changes = matrix || name.contains("_projection.");
        assertThat(Arrays.equals(after.floats("model." + name), before.floats(name)))
            .as(name)
            .isEqualTo(!changes);
      }
    }
    cutAndResumed(run, 4, whole);
  }

  /** A run that is stopped after some steps and resumed is the run that was not. */
  private void cutAndResumed(TinyRun run, int after, Path whole) throws IOException {
    Path cut = folder.resolve("cut");
    AtomicInteger steps = new AtomicInteger();
    Observer counter =
        new Observer() {
          @Override
          public void step(Step step) {
            steps.incrementAndGet();
          }
        };
    TrainingRun interrupted = run.in(cut, () -> steps.get() >= after, counter);
    assertThat(TinyRun.train(interrupted, "contrastive")).isEqualTo(TrainingLoop.End.INTERRUPTED);
    assertThat(run.contrastive(cut)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertSame(cut, whole, "contrastive");
  }

  @Test
  void whatCannotBeFrozenIsRefused() {
    TinyRun run = new TinyRun(shared);
    run.sets = List.of("contrastive.freeze=[image_encodr.*]");
    assertThatThrownBy(() -> run.contrastive(folder.resolve("misspelt")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("contrastive.freeze")
        .hasMessageContaining("image_encodr.*");
    run.sets = List.of("contrastive.freeze=['*']");
    assertThatThrownBy(() -> run.contrastive(folder.resolve("all")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nothing is left to train");
  }

  /** What a piece of work says through some loggers. */
  private static List<String> warnings(Runnable work, Class<?>... loggers) {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    for (Class<?> each : loggers) {
      ((Logger) LoggerFactory.getLogger(each)).addAppender(lines);
    }
    try {
      work.run();
    } finally {
      for (Class<?> each : loggers) {
        ((Logger) LoggerFactory.getLogger(each)).detachAppender(lines);
      }
    }
    return lines.list.stream()
        .filter(line -> line.getLevel().equals(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static void assertSameWeights(Path actual, Path expected) throws IOException {
    try (SafetensorsFile one = SafetensorsFile.open(expected.resolve("model.safetensors"));
        SafetensorsFile other = SafetensorsFile.open(actual.resolve("model.safetensors"))) {
      assertThat(other.names()).isEqualTo(one.names());
      for (String name : one.names()) {
        assertThat(other.floats(name)).as(name).isEqualTo(one.floats(name));
      }
    }
  }

  @Test
  void weightsThatDoNotFitStopTheRunBeforeItBegins() {
    TinyRun run = new TinyRun(shared);
    String golden = Golden.path("vit.timm.safetensors").toString();
    run.init = new InitConfig(InitConfig.RANDOM, golden, InitConfig.RANDOM, List.of());
    assertThatThrownBy(() -> run.contrastive(folder.resolve("misfit")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("patch_embed.proj.weight is [48, 3, 8, 8]")
        .hasMessageContaining("expects [8, 3, 4, 4]");
  }

  /** The shapes fit; only the config.json beside them knows better. */
  @Test
  void weightsOfAnotherModelStopTheRunToo() throws IOException {
    TinyRun.copy(stageOne.resolve("model"), folder.resolve("source"));
    Path config = folder.resolve("source/config.json");
    String heads = "\"num_attention_heads\" : 2";
    assertThat(Files.readString(config)).contains(heads);
    Files.writeString(config, Files.readString(config).replace(heads, heads.replace("2", "4")));
    TinyRun run = new TinyRun(shared);
    run.init =
        new InitConfig(
            config.getParent().toString(), InitConfig.RANDOM, InitConfig.RANDOM, List.of());
    assertThatThrownBy(() -> run.contrastive(folder.resolve("misfit")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("heads 4, model.image.heads is 2");
  }

  @Test
  void anotherSeedGivesAnotherRun() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.seed = 2;
    run.contrastive(folder.resolve("other"));
    assertThat(TinyRun.metrics(folder.resolve("other"), "contrastive"))
        .doesNotContainAnyElementsOf(TinyRun.metrics(stageOne, "contrastive"));
  }

  /** Frozen stage two has 4 steps an epoch, the others 3: in the middle, at the end, before it. */
  @ParameterizedTest
  @CsvSource({
    "contrastive,FROZEN,0,0",
    "contrastive,FROZEN,0,3",
    "contrastive,FROZEN,0,8",
    "contrastive,FROZEN,3,4",
    "finetune,FROZEN,0,4",
    "finetune,FROZEN,0,11",
    "finetune,TRAINABLE,0,3",
    "finetune,TRAINABLE,0,5",
    "finetune,TRAINABLE,3,5",
  })
  void anInterruptedRunGoesOnAsIfNothingHadBeen(
      String stage, String encoders, int microBatch, int after) throws IOException {
    TinyRun run = run(encoders);
    run.microBatch = MicroBatch.of(microBatch);
    boolean known = stage.equals("contrastive") && microBatch == 0;
    Path whole = known ? stageOne : start("whole", stage);
    if (!known) {
      TinyRun.train(run.in(whole, () -> false), stage);
    }
    Path cut = start("cut", stage);
    AtomicInteger steps = new AtomicInteger();
    Observer counter =
        new Observer() {
          @Override
          public void step(Step step) {
            steps.incrementAndGet();
          }
        };
    TrainingRun interrupted = run.in(cut, () -> steps.get() >= after, counter);
    assertThat(TinyRun.train(interrupted, stage)).isEqualTo(TrainingLoop.End.INTERRUPTED);
    assertThat(steps).hasValue(after);
    TrainingRun resumed = run.in(cut, () -> false);
    assertThat(TinyRun.train(resumed, stage)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertSame(cut, whole, stage);
  }

  /**
   * Each epoch draws one of a picture's captions by the seed; a stop within an epoch is no other.
   */
  @Test
  void severalCaptionsAPictureAreDrawnAndResumedExactly() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(several(1).contrastive(whole)).isEqualTo(TrainingLoop.End.COMPLETE);
    Path cut = folder.resolve("cut");
    AtomicInteger steps = new AtomicInteger();
    Observer counter =
        new Observer() {
          @Override
          public void step(Step step) {
            steps.incrementAndGet();
          }
        };
    int middle = TinyRun.STEPS + 1;
    TrainingRun interrupted = several(1).in(cut, () -> steps.get() >= middle, counter);
    assertThat(TinyRun.train(interrupted, "contrastive")).isEqualTo(TrainingLoop.End.INTERRUPTED);
    assertThat(several(3).contrastive(cut)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertSame(cut, whole, "contrastive");

    TinyRun first = several(1);
    first.examples = first.examples.stream().map(StagesTest::withFirstCaption).toList();
    Path other = folder.resolve("first");
    first.contrastive(other);
    assertThat(TinyRun.metrics(other, "contrastive").get(0))
        .as("other captions are drawn")
        .isNotEqualTo(TinyRun.metrics(whole, "contrastive").get(0));
    assertThat(whole.resolve("model/tokenizer.json"))
        .as("the vocabulary is made of all captions")
        .content()
        .contains("ß");
    assertThat(other.resolve("model/tokenizer.json")).content().doesNotContain("ß");
  }

  /** One, two and three captions a picture. */
  private static TinyRun several(int workers) {
    TinyRun run = new TinyRun(shared);
    run.workers = workers;
    run.groupLengths = true;
    run.examples =
        run.examples.stream()
            .map(
                example -> {
                  List<String> captions = new ArrayList<>(example.captions());
                  int more = run.examples.indexOf(example) % 3;
                  for (int c = 0; c < more; c++) {
                    captions.add("großer Rock %d von %s".formatted(c, example.id()));
                  }
                  return with(example, captions);
                })
            .toList();
    return run;
  }

  private static Example withFirstCaption(Example example) {
    return with(example, example.captions().subList(0, 1));
  }

  private static Example with(Example example, List<String> captions) {
    return new Example(
        example.id(),
        example.picture(),
        captions,
        example.category(),
        example.attributes(),
        example.item(),
        example.split());
  }

  @Test
  void interruptedAtEveryStep() throws IOException {
    Path cut = folder.resolve("cut");
    TrainingLoop.End end = TrainingLoop.End.INTERRUPTED;
    int starts = 0;
    while (end == TrainingLoop.End.INTERRUPTED) {
      AtomicInteger steps = new AtomicInteger();
      Observer counter =
          new Observer() {
            @Override
            public void step(Step step) {
              steps.incrementAndGet();
            }
          };
      end =
          TinyRun.train(
              new TinyRun(shared).in(cut, () -> steps.get() >= 1, counter), "contrastive");
      starts++;
    }
    assertThat(starts).isEqualTo(TinyRun.EPOCHS * TinyRun.STEPS + 1);
    assertSame(cut, stageOne, "contrastive");
  }

  @Test
  void aKilledRunGoesOnFromItsLastSave() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.saveEvery = 4;
    Path cut = folder.resolve("cut");
    Observer killer =
        new Observer() {
          @Override
          public void step(Step step) {
            if (step.place().step() == 8) {
              throw new IllegalStateException("killed");
            }
          }
        };
    TrainingRun killed = run.in(cut, () -> false, killer);
    assertThatThrownBy(() -> TinyRun.train(killed, "contrastive")).hasMessage("killed");
    // The end of epoch 2 came after step 4.
    assertThat(TinyRun.states(cut, "contrastive").get(0))
        .hasFileName("state-000000006.safetensors");
    assertThat(TinyRun.metrics(cut, "contrastive")).hasSize(7 + 2);
    Files.writeString(
        cut.resolve("contrastive/metrics.jsonl"),
        "{\"stage\":\"contrastive\",\"epoch\":3,\"st",
        StandardOpenOption.APPEND);
    assertThat(run.contrastive(cut)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertSame(cut, stageOne, "contrastive");
  }

  /** Saves by steps wait for none under way; those at the end of an epoch are never left out. */
  @Test
  void savesWithinAnEpoch() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.saveEvery = 1;
    run.keep = 100;
    Path place = folder.resolve("run");
    run.contrastive(place);
    assertThat(TinyRun.states(place, "contrastive"))
        .extracting(state -> Integer.parseInt(state.getFileName().toString().substring(6, 15)))
        .contains(1, 3, 6, 9)
        .isSubsetOf(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertSame(place, stageOne, "contrastive");
    run.keep = 1;
    Path other = folder.resolve("other");
    run.contrastive(other);
    assertThat(TinyRun.states(other, "contrastive")).hasSize(1);
    assertSame(other, stageOne, "contrastive");
  }

  /** Names of the tensors in which two files differ, bit by bit. */
  private static List<String> changed(Path before, Path after) throws IOException {
    List<String> changed = new ArrayList<>();
    try (SafetensorsFile a = SafetensorsFile.open(before);
        SafetensorsFile b = SafetensorsFile.open(after)) {
      assertThat(b.names()).isEqualTo(a.names());
      for (String name : a.names()) {
        if (!Arrays.equals(a.floats(name), b.floats(name))) {
          changed.add(name);
        }
      }
    }
    return changed;
  }

  private List<String> changedByStageTwo(TinyRun run) throws IOException {
    Path place = start("two", "finetune");
    Path before = stageOne.resolve("contrastive/best.safetensors");
    assertThat(run.finetune(place)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertThat(ModelFolder.open(place.resolve("model")).description().provenance())
        .containsEntry("stage", "finetune");
    return changed(before, place.resolve("model/model.safetensors"));
  }

  @Test
  void frozenTowersStayAsTheyAreAndTheHeadsTrain() throws IOException {
    assertThat(changedByStageTwo(run("FROZEN")))
        .containsExactlyInAnyOrder(
            "attribute_head.bias",
            "attribute_head.weight",
            "category_head.bias",
            "category_head.weight");
    List<String> lines = TinyRun.metrics(folder.resolve("two"), "finetune");
    assertThat(lines).hasSize(TinyRun.EPOCHS * (4 + 1));
    assertThat(lines.get(4))
        .contains("\"category.top1\"", "\"attributes.mean_average_precision\"", "recall@10");
  }

  @Test
  void trainableTowersTrainAlong() throws IOException {
    assertThat(changedByStageTwo(run("TRAINABLE")))
        .contains("category_head.weight", "text_projection.weight", "image_projection.weight")
        .anyMatch(name -> name.startsWith("image_encoder."))
        .anyMatch(name -> name.startsWith("text_encoder."))
        .doesNotContain("logit_scale");
  }

  @Test
  void withoutAContrastiveTermOnlyTheImageTowerTrainsAlong() throws IOException {
    TinyRun run = run("TRAINABLE");
    run.contrastiveWeight = 0;
    assertThat(changedByStageTwo(run))
        .contains("category_head.weight")
        .anyMatch(name -> name.startsWith("image_encoder."))
        .noneMatch(name -> name.startsWith("text_") || name.startsWith("image_projection"));
  }

  @Test
  void stageTwoAgainStartsWhereStageOneEnded() throws IOException {
    Path place = start("again", "finetune");
    run("TRAINABLE").finetune(place);
    byte[] first = Files.readAllBytes(place.resolve("model/model.safetensors"));
    Files.move(place.resolve("finetune"), place.resolve("finetune-1"));
    run("TRAINABLE").finetune(place);
    assertThat(place.resolve("model/model.safetensors")).hasBinaryContent(first);
  }

  @Test
  void aLearnableTemperatureIsLearnt() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.objective = Binder.of(ObjectiveConfig.class, "learnable_temperature=true");
    Path place = folder.resolve("run");
    run.contrastive(place);
    float scale = scale(place);
    assertThat(scale(stageOne)).isEqualTo((float) Math.log(1 / 0.07));
    assertThat(scale).isNotEqualTo((float) Math.log(1 / 0.07)).isBetween(2f, 3f);
  }

  private static float scale(Path run) throws IOException {
    return scalar(run, "logit_scale");
  }

  private static float scalar(Path run, String name) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(run.resolve("model/model.safetensors"))) {
      return file.floats(name)[0];
    }
  }

  @Test
  void theSigmoidLossLearnsScaleAndBiasAndStageTwoLeavesThem() throws IOException {
    TinyRun run = run("TRAINABLE");
    run.objective = ObjectiveConfig.SIGMOID;
    Path place = folder.resolve("run");
    run.contrastive(place);
    float scale = scale(place);
    float bias = scalar(place, "logit_bias");
    assertThat(scale).isNotEqualTo((float) Math.log(10)).isBetween(2f, 3f);
    assertThat(bias).isNotEqualTo(-10f).isBetween(-11f, -9f);
    assertThat(run.finetune(place)).isEqualTo(TrainingLoop.End.COMPLETE);
    assertThat(scale(place)).isEqualTo(scale);
    assertThat(scalar(place, "logit_bias")).isEqualTo(bias);
    assertThat(names(stageOne)).doesNotContain("logit_bias");
  }

  private static Set<String> names(Path run) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(run.resolve("model/model.safetensors"))) {
      return file.names();
    }
  }

  /** From a model of one loss to a run with the other, and back: each begins with its own. */
  @Test
  void scaleAndBiasOfAnotherLossAreNotTakenOver() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.learningRate = 1e-50; // nothing moves in single precision
    run.objective = ObjectiveConfig.SIGMOID;
    run.init = startingFrom(stageOne);
    run.contrastive(folder.resolve("sigmoid"));
    assertThat(scalar(folder.resolve("sigmoid"), "logit_bias")).isEqualTo(-10f);
    assertThat(scale(folder.resolve("sigmoid"))).isEqualTo((float) Math.log(10));
    run.objective = ObjectiveConfig.INFONCE;
    run.init = startingFrom(folder.resolve("sigmoid"));
    run.contrastive(folder.resolve("infonce"));
    assertThat(names(folder.resolve("infonce"))).doesNotContain("logit_bias");
    assertThat(scale(folder.resolve("infonce"))).isEqualTo((float) Math.log(1 / 0.07));
  }

  private static InitConfig startingFrom(Path run) {
    String model = run.resolve("model").toString();
    return new InitConfig(model, InitConfig.RANDOM, InitConfig.RANDOM, List.of());
  }

  /** How many examples the steps of the first epoch read. */
  private static int examplesOfAnEpoch(Path run, String stage) throws IOException {
    JsonMapper json = new JsonMapper();
    int examples = 0;
    for (String line : TinyRun.metrics(run, stage)) {
      JsonNode node = json.readTree(line);
      examples += node.get("epoch").asInt() == 1 ? node.path("examples").asInt() : 0;
    }
    return examples;
  }

  @Test
  void examplesWithoutCaptionOrLabelAreLeftOut() throws IOException {
    TinyRun run = new TinyRun(shared);
    byte[] unknown = new byte[TinyModel.SCHEME.attributeCount()];
    Arrays.fill(unknown, (byte) Example.UNKNOWN);
    byte[] one = unknown.clone();
    one[6] = 0;
    List<Example> examples = new ArrayList<>(run.examples);
    for (int i = 0; i < 6; i++) { // 8 of 14 training captions are left
      Example old = examples.get(i);
      examples.set(i, run.example(i, "", old.category(), old.attributes(), Split.TRAIN));
    }
    for (int i = 5; i < 10; i++) { // 9 labels are left, and the one below
      Example old = examples.get(i);
      examples.set(i, run.example(i, old.caption(), Example.UNKNOWN, unknown, Split.TRAIN));
    }
    Example old = examples.get(9);
    examples.set(9, run.example(9, old.caption(), Example.UNKNOWN, one, Split.TRAIN));
    run.examples = examples;
    Path place = folder.resolve("run");
    run.contrastive(place);
    run.finetune(place);
    assertThat(examplesOfAnEpoch(place, "contrastive")).isEqualTo(8);
    assertThat(examplesOfAnEpoch(place, "finetune")).isEqualTo(10);
    Files.move(place.resolve("finetune"), place.resolve("finetune-1"));
    run.encoders = Encoders.TRAINABLE;
    run.finetune(place); // captions and labels: 10 to 13 and 9
    assertThat(examplesOfAnEpoch(place, "finetune")).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,true"})
  void dataWithoutCategoriesOrWithoutAttributes(boolean categories, boolean attributes)
      throws IOException {
    TinyRun run = new TinyRun(shared);
    run.scheme =
        new LabelScheme(
            "custom",
            categories ? TinyModel.SCHEME.categories() : List.of(),
            attributes ? TinyModel.SCHEME.groups() : List.of());
    run.examples =
        run.examples.stream()
            .map(
                e ->
                    new Example(
                        e.id(),
                        e.picture().file(),
                        e.caption(),
                        categories ? e.category() : Example.UNKNOWN,
                        attributes ? e.attributes() : new byte[0],
                        e.item(),
                        e.split()))
            .toList();
    Path place = folder.resolve("run");
    run.contrastive(place);
    run.finetune(place);
    try (SafetensorsFile file = SafetensorsFile.open(place.resolve("model/model.safetensors"))) {
      assertThat(file.names().contains("category_head.weight")).isEqualTo(categories);
      assertThat(file.names().contains("attribute_head.weight")).isEqualTo(attributes);
    }
    Files.move(place.resolve("finetune"), place.resolve("finetune-1"));
    run.encoders = Encoders.TRAINABLE;
    assertThat(run.finetune(place)).isEqualTo(TrainingLoop.End.COMPLETE);
  }

  @Test
  void dataThatAStageCannotUse() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.scheme = new LabelScheme("custom", List.of(), List.of());
    Path place = start("run", "finetune");
    assertThatThrownBy(() -> run.finetune(place))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("stage two needs categories or attributes");
    run.examples = run.examples.subList(TinyRun.TRAIN, run.examples.size());
    assertThatThrownBy(() -> run.contrastive(folder.resolve("other")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("train split has no picture with a caption");
  }

  @Test
  void withoutValidationTheLastWeightsAreKept() throws IOException {
    for (String encoders : List.of("FROZEN", "TRAINABLE")) {
      TinyRun run = run(encoders);
      run.examples = run.examples.subList(0, TinyRun.TRAIN);
      run.patience = 1;
      Path place = folder.resolve(encoders);
      for (String stage : List.of("contrastive", "finetune")) {
        assertThat(TinyRun.train(run.in(place, () -> false), stage))
            .isEqualTo(TrainingLoop.End.COMPLETE);
        Path last = TinyRun.states(place, stage).get(0);
        try (SafetensorsFile state = SafetensorsFile.open(last);
            SafetensorsFile model =
                SafetensorsFile.open(place.resolve(stage + "/" + RESULTS.get(0)))) {
          for (String name : model.names()) {
            assertThat(model.floats(name)).as(name).isEqualTo(state.floats("model." + name));
          }
        }
        assertThat(TinyRun.metrics(place, stage))
            .filteredOn(line -> line.contains("\"best\":true"))
            .hasSize(TinyRun.EPOCHS)
            .noneMatch(line -> line.contains("validation"));
      }
    }
  }

  /** Once it trained on, under the old names, or ended in the native code. */
  @ParameterizedTest
  @ValueSource(strings = {"FROZEN", "TRAINABLE"})
  void stageTwoRefusesDataOrLabelsOtherThanThoseOfStageOne(String encoders) throws IOException {
    TinyRun otherData = run(encoders);
    Example first = otherData.examples.get(0);
    otherData.examples.set(
        0, otherData.example(0, "another caption", 0, first.attributes(), Split.TRAIN));
    Path place = start("other-data", "finetune");
    assertThatThrownBy(() -> otherData.finetune(place))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data set has changed")
        .hasMessageNotContaining("\n");
    TinyRun otherLabels = run(encoders);
    otherLabels.scheme =
        new LabelScheme("custom", List.of("dress", "trousers", "shoe"), TinyModel.SCHEME.groups());
    Path second = start("other-labels", "finetune");
    assertThatThrownBy(() -> otherLabels.finetune(second))
        .isInstanceOf(UserError.class)
        .hasMessageNotContaining("\n");
    assertThat(second.resolve("finetune")).doesNotExist();
  }

  /** On two native threads; the lanes that a frozen stage began were once left behind. */
  @Test
  void frozenTowersWithoutDropoutTrainOnTwoThreadsAndLeaveNoThreads() throws IOException {
    int before = JniUtils.getNumThreads();
    JniUtils.setNumThreads(2);
    try {
      TinyRun run = run("FROZEN");
      run.dropout = 0;
      run.batch = 8;
      Path place = folder.resolve("two-threads");
      assertThat(run.contrastive(place)).isEqualTo(TrainingLoop.End.COMPLETE);
      assertThat(run.finetune(place)).isEqualTo(TrainingLoop.End.COMPLETE);
    } finally {
      JniUtils.setNumThreads(before);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("lane")) {
        try {
          thread.join(10_000);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  /** CLIP's way: the scale reaches its bound, stays within it, and a resumed run has the same. */
  @Test
  void aTrainedScaleIsClampedAfterEachStepAndResumedExactly() throws IOException {
    TinyRun run = new TinyRun(shared);
    run.objective =
        Binder.of(ObjectiveConfig.class, "learnable_temperature=true", "temperature=0.01");
    Path whole = folder.resolve("whole");
    List<Float> scales = new ArrayList<>();
    Path cut = folder.resolve("cut");
    AtomicInteger steps = new AtomicInteger();
    Observer counter =
        new Observer() {
          @Override
          public void step(Step step) {
            steps.incrementAndGet();
          }
        };
    run.contrastive(whole);
    TinyRun.train(run.in(cut, () -> steps.get() >= 4, counter), "contrastive");
    run.contrastive(cut);
    assertSame(cut, whole, "contrastive");
    for (Path state : TinyRun.states(whole, "contrastive")) {
      try (SafetensorsFile file = SafetensorsFile.open(state)) {
        scales.add(file.floats("model.logit_scale")[0]);
      }
    }
    float bound = (float) Math.log(100);
    assertThat(scales).isNotEmpty().allMatch(scale -> scale <= bound);
    assertThat(scales).as("it moved, where a bound in the loss holds it").anyMatch(s -> s < bound);
  }
}
