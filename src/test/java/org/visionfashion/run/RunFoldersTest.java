package org.visionfashion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.config.Precision;

class RunFoldersTest {

  @TempDir private Path root;

  @Test
  void aFinishedRunSendsTheNextOneToTheNextFreeNumber() {
    assertThat(forTraining("demo")).isEqualTo("demo");
    put("demo", true, true, 1);
    assertThat(forTraining("demo")).isEqualTo("demo-2");
    put("demo-2", true, true, 2);
    assertThat(forTraining("demo")).isEqualTo("demo-3");
    assertThat(forTraining("demo-2")).isEqualTo("demo-3");
    assertThat(forTraining("other")).isEqualTo("other");
  }

  @Test
  void anUnfinishedRunIsContinued() {
    put("demo", true, true, 1);
    put("demo-2", true, false, 2);
    assertThat(forTraining("demo")).isEqualTo("demo-2");
    assertThat(runs().forTraining("demo", done(RunStatus::contrastiveDone)).name())
        .isEqualTo("demo-3");
  }

  @Test
  void theNewestRunIsTheOneUpdatedLast() throws IOException {
    assertThat(runs().newest()).isEmpty();
    put("a", true, false, 5);
    put("b", false, false, 9);
    put("c", true, true, 7);
    Files.createDirectories(root.resolve("no-run"));
    assertThat(runs().newest().orElseThrow().name()).isEqualTo("b");
  }

  @Test
  void theStatusComesBack() {
    RunFolder run = runs().get("demo");
    assertThat(run.readStatus()).isEmpty();
    RunStatus status =
        new RunStatus(
            true,
            true,
            true,
            Optional.of(Precision.BF16),
            Instant.parse("2026-01-02T03:04:05.678901Z"));
    run.writeStatus(status);
    assertThat(run.readStatus()).contains(status);
    assertThat(run.readStatus().orElseThrow().withFinetuneDone(true).evaluated()).isFalse();
    assertThat(run.path().toFile().list()).containsExactly("run.json");
  }

  /** As it was before runs knew that they are evaluated. */
  @Test
  void anOldStatusIsRead() throws IOException {
    RunFolder run = runs().get("demo");
    Files.createDirectories(run.path());
    Files.writeString(
        run.path().resolve("run.json"),
        "{'contrastive_done': true, 'finetune_done': false, 'updated': '2026-01-02T03:04:05Z'}"
            .replace('\'', '"'));
    Instant updated = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(run.readStatus())
        .contains(new RunStatus(true, false, false, Optional.empty(), updated));
  }

  @Test
  void aDamagedRunIsNotTheNewest() throws IOException {
    put("a", true, false, 5);
    put("b", true, false, 9);
    Files.writeString(root.resolve("b/run.json"), "{");
    assertThat(runs().newest().orElseThrow().name()).isEqualTo("a");
  }

  @Test
  void theRecordOfAnEarlierStageTwoIsKept() throws IOException {
    RunFolder run = runs().get("demo");
    for (int number = 1; number <= 2; number++) {
      Files.createDirectories(run.finetune());
      Files.writeString(run.finetune().resolve("metrics.jsonl"), "record " + number);
      assertThat(run.setAsideFinetune()).isEqualTo(run.path().resolve("finetune-" + number));
      assertThat(run.finetune()).doesNotExist();
    }
    assertThat(run.path().resolve("finetune-1/metrics.jsonl")).hasContent("record 1");
    assertThat(run.path().resolve("finetune-2/metrics.jsonl")).hasContent("record 2");
  }

  @Test
  void damageAndWrongNamesAreTold() throws IOException {
    put("demo", true, true, 1);
    assertThatThrownBy(() -> runs().existing("dmo"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no run dmo in")
        .hasMessageEndingWith(", did you mean demo?");
    assertThatThrownBy(() -> runs().get("../demo"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("run name ../demo must be letters");
    Files.writeString(root.resolve("demo/run.json"), "{\"contrastive_done\": tru");
    assertThatThrownBy(() -> runs().get("demo").readStatus())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("run.json is damaged");
  }

  private static Predicate<RunFolder> done(Predicate<RunStatus> stage) {
    return run -> run.readStatus().filter(stage).isPresent();
  }

  private RunFolders runs() {
    return new RunFolders(root);
  }

  private String forTraining(String name) {
    return runs().forTraining(name, done(RunStatus::finetuneDone)).name();
  }

  private void put(String name, boolean contrastive, boolean finetune, long second) {
    runs()
        .get(name)
        .writeStatus(
            new RunStatus(
                contrastive, finetune, false, Optional.empty(), Instant.ofEpochSecond(second)));
  }
}
