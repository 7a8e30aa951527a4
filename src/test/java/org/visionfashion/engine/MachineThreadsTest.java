package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.api.Test;

class MachineThreadsTest {

  /** A sweep's later runs may have another number, although the engine is loaded. */
  @Test
  void theNumberMayChangeWhileTheEngineRuns() {
    Machine.start();
    int usual = JniUtils.getNumThreads();
    for (int threads : new int[] {1, 2, 3}) {
      Machine.start(threads);
      assertThat(JniUtils.getNumThreads()).isEqualTo(threads);
    }
    Machine.start(0);
    assertThat(JniUtils.getNumThreads()).isEqualTo(usual);
  }
}
