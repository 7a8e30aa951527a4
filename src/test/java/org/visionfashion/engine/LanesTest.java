package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LanesTest {

  @BeforeAll
  static void loadTheEngine() {
    Machine.start();
  }

  /** Each waits until the other has come: one behind the other would never end. */
  @Test
  void worksRunSideBySide() {
    CyclicBarrier both = new CyclicBarrier(2);
    Supplier<Integer> work =
        () -> {
          try {
            return both.await(10, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    try (Lanes lanes = Lanes.two()) {
      assertThat(lanes.run(List.of(work, work))).containsExactlyInAnyOrder(0, 1);
    }
  }

  @Test
  void eachHasItsShareOfTheThreadsAndTheOthersKeepTheirs() throws InterruptedException {
    int before = JniUtils.getNumThreads();
    JniUtils.setNumThreads(4);
    try (Lanes lanes = Lanes.two()) {
      assertThat(lanes.run(List.of(JniUtils::getNumThreads, JniUtils::getNumThreads)))
          .containsExactly(2, 2);
      assertThat(JniUtils.getNumThreads()).isEqualTo(4);
      int[] inANewThread = new int[1];
      Thread thread = new Thread(() -> inANewThread[0] = JniUtils.getNumThreads());
      thread.start();
      thread.join();
      assertThat(inANewThread[0]).isEqualTo(4);
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  @Test
  void aFailureWaitsForTheOthers() {
    AtomicBoolean finished = new AtomicBoolean();
    try (Lanes lanes = Lanes.two()) {
      assertThatThrownBy(
              () ->
                  lanes.run(
                      List.of(
                          () -> {
                            throw new IllegalStateException("first");
                          },
                          () -> {
                            Thread.onSpinWait();
                            finished.set(true);
                            return 1;
                          })))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("first");
    }
    assertThat(finished).isTrue();
  }

  @Test
  void theCpuHasTwoAtMost() {
    int before = JniUtils.getNumThreads();
    try {
      JniUtils.setNumThreads(1);
      assertThat(Lanes.of(Device.cpu()).count()).isEqualTo(1);
      JniUtils.setNumThreads(16);
      assertThat(Lanes.of(Device.cpu()).count()).isEqualTo(2);
      assertThat(Lanes.of(Device.gpu()).count()).isEqualTo(1);
    } finally {
      JniUtils.setNumThreads(before);
    }
  }
}
