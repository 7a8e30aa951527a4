package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.MicroBatch;

class PartsTest {

  private final EngineException noMemory =
      new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB.");

  @Test
  void aNumberIsANumber() {
    assertThat(new Parts(MicroBatch.WHOLE, 1).size(100)).isEqualTo(100);
    assertThat(new Parts(MicroBatch.of(32), 1).size(100)).isEqualTo(32);
    assertThat(new Parts(MicroBatch.of(32), 1).size(7)).isEqualTo(7);
  }

  @Test
  void autoHalvesUntilItFits() {
    Parts parts = new Parts(MicroBatch.AUTO, Long.MAX_VALUE);
    assertThat(parts.size(100)).isEqualTo(100);
    assertThat(parts.fitting()).isZero();
    int[] sizes = {50, 25, 13, 7, 4, 2, 1};
    for (int expected : sizes) {
      parts.halveAfter(noMemory, 100);
      assertThat(parts.size(100)).isEqualTo(expected);
      assertThat(parts.fitting()).isEqualTo(expected);
    }
    assertThatThrownBy(() -> parts.halveAfter(noMemory, 100))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("single example");
  }

  @Test
  void autoBeginsWithWhatThereIsRoomFor() {
    Parts parts = new Parts(MicroBatch.AUTO, 30);
    assertThat(parts.size(20)).isEqualTo(20);
    assertThat(parts.fitting()).isZero();
    parts.estimate(20);
    assertThat(parts.fitting()).isZero();
    parts.estimate(100);
    assertThat(parts.size(100)).isEqualTo(25);
    assertThat(parts.size(10)).isEqualTo(10);
    Parts least = new Parts(MicroBatch.AUTO, 0);
    least.estimate(100);
    assertThat(least.size(100)).isEqualTo(1);
  }

  @Test
  void aStateRemembersWhatFitted() {
    Parts parts = new Parts(MicroBatch.AUTO, 1000);
    parts.resume(13);
    assertThat(parts.size(100)).isEqualTo(13);
    parts.halveAfter(noMemory, 100);
    assertThat(parts.size(100)).isEqualTo(7);
  }

  @Test
  void aNumberOfTheUsersIsNotChanged() {
    Parts parts = new Parts(MicroBatch.of(64), 1000);
    assertThatThrownBy(() -> parts.halveAfter(noMemory, 512))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("micro_batch");
    EngineException other = new EngineException("shapes do not fit");
    assertThatThrownBy(() -> parts.halveAfter(other, 512)).isSameAs(other);
  }
}
