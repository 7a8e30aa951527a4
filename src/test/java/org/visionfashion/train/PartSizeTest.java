package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.MicroBatch;

class PartSizeTest {

  private final EngineException noMemory =
      new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB.");

  @Test
  void aNumberIsANumber() {
    assertThat(new PartSize(MicroBatch.WHOLE, 1).of(100)).isEqualTo(100);
    assertThat(new PartSize(MicroBatch.of(32), 1).of(100)).isEqualTo(32);
    assertThat(new PartSize(MicroBatch.of(32), 1).of(7)).isEqualTo(7);
  }

  @Test
  void autoHalvesUntilItFits() {
    PartSize size = new PartSize(MicroBatch.AUTO, Long.MAX_VALUE);
    assertThat(size.of(100)).isEqualTo(100);
    assertThat(size.fitting()).isZero();
    int[] sizes = {50, 25, 13, 7, 4, 2, 1};
    for (int expected : sizes) {
      size.shrink(100, noMemory);
      assertThat(size.of(100)).isEqualTo(expected);
      assertThat(size.fitting()).isEqualTo(expected);
    }
    assertThatThrownBy(() -> size.shrink(100, noMemory))
        .isInstanceOf(TrainingException.class)
        .hasMessage("out of memory with a single example: this model is too large for this device");
  }

  @Test
  void autoBeginsWithWhatThereIsRoomFor() {
    PartSize size = new PartSize(MicroBatch.AUTO, 30);
    assertThat(size.of(20)).isEqualTo(20);
    assertThat(size.fitting()).isZero();
    assertThat(size.of(100)).isEqualTo(25);
    assertThat(size.of(10)).isEqualTo(10);
    assertThat(new PartSize(MicroBatch.AUTO, 0).of(100)).isEqualTo(1);
  }

  @Test
  void aStateRemembersWhatFitted() {
    PartSize size = new PartSize(MicroBatch.AUTO, 1000);
    size.resume(13);
    assertThat(size.of(100)).isEqualTo(13);
    size.shrink(100, noMemory);
    assertThat(size.of(100)).isEqualTo(7);
  }

  @Test
  void aNumberOfTheUsersIsNotChanged() {
    PartSize size = new PartSize(MicroBatch.of(64), 1000);
    assertThatThrownBy(() -> size.shrink(512, noMemory))
        .isInstanceOf(TrainingException.class)
        .hasMessage("out of memory with 64 examples at once: set micro_batch to auto, or below 64");
    EngineException other = new EngineException("shapes do not fit");
    assertThatThrownBy(() -> size.shrink(512, other)).isSameAs(other);
  }
}
