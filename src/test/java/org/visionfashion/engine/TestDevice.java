package org.visionfashion.engine;

import ai.djl.Device;

/** Where tests have their models: {@code -Ddevice=gpu0} runs them on a GPU, for one who has one. */
public final class TestDevice {

  private TestDevice() {}

  public static Device get() {
    return Device.fromName(System.getProperty("device", "cpu"));
  }
}
