package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Facts about the engine and the device, and the one handle on native randomness. */
public final class Machine {

  private Machine() {}

  /** Loads the engine, without the warning that its first array brings with it. */
  public static void start() {
    QuietStart.run(
        () -> {
          try (NDManager manager = NDManager.newBaseManager("PyTorch");
              NDArray array = manager.create(new float[1])) {
            array.set(new float[1]);
          }
        });
  }

  /** The first GPU where the engine sees one, else the CPU. */
  public static Device bestDevice() {
    Engine engine = Engine.getEngine("PyTorch");
    return engine.getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
  }

  /** For reports: {@code PyTorch 2.7.1}. */
  public static String engine() {
    Engine engine = Engine.getEngine("PyTorch");
    return engine.getEngineName() + " " + engine.getVersion();
  }

  /** For reports: {@code cpu, 2 cores, amd64 Linux}. */
  public static String describe(Device device) {
    String name = device.isGpu() ? "gpu " + device.getDeviceId() : device.getDeviceType();
    return name
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, "
        + System.getProperty("os.arch")
        + " "
        + System.getProperty("os.name");
  }

  /**
   * Seeds dropout. Seeding anew from (run seed, step, part of the batch) makes a pass repeatable
   * with nothing to store.
   */
  public static void seed(long seed, long step, int part) {
    long mixed = (seed * 0x9E3779B97F4A7C15L + step) * 0xBF58476D1CE4E5B9L;
    mixed += part * 0x94D049BB133111EBL;
    Engine.getEngine("PyTorch").setRandomSeed((int) (mixed >>> 33));
  }
}
