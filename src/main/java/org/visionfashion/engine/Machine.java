package org.visionfashion.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.visionfashion.base.UserError;
import org.visionfashion.config.RunConfig;

/** Facts about the engine and the device, and the one handle on native randomness. */
public final class Machine {

  private static final String PYTORCH = "PyTorch";

  private Machine() {}

  private static Engine engine;
  private static int usualThreads;

  /**
   * Loads the engine, once: the first call prepares the process for it, see {@link NativeSettings}.
   * Every way to the engine leads through here.
   */
  public static synchronized void start() {
    if (engine == null) {
      NativeSettings.apply();
      Engine loaded = Engine.getEngine(PYTORCH);
      NativeSettings.withoutWarnings(Path.of(LibUtils.getLibtorchPath()), Machine::firstArray);
      engine = loaded;
      usualThreads = JniUtils.getNumThreads();
    }
  }

  /**
   * Loads the engine and sets how many native threads work for the calling thread.
   *
   * @param threads 0 = as many as the engine chose by itself
   */
  public static void start(int threads) {
    start();
    JniUtils.setNumThreads(threads == 0 ? usualThreads : threads);
  }

  private static void firstArray() {
    try (NDManager manager = NDManager.newBaseManager(PYTORCH);
        NDArray array = manager.create(new float[1])) {
      array.set(new float[1]);
    }
  }

  private static Engine loaded() {
    start();
    return engine;
  }

  /** A manager that depends on no other, for arrays on a device. */
  public static NDManager newManager(Device device) {
    start();
    return NDManager.newBaseManager(device, PYTORCH);
  }

  /** The first GPU where the engine sees one, else the CPU. */
  public static Device bestDevice() {
    return loaded().getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
  }

  /**
   * The devices that a configuration names, see {@link RunConfig#devices}.
   *
   * @throws UserError where there is no such GPU
   */
  public static List<Device> devices(List<String> names) {
    return devices(names, loaded().getGpuCount());
  }

  static List<Device> devices(List<String> names, int gpus) {
    List<Device> all =
        gpus == 0 ? List.of(Device.cpu()) : IntStream.range(0, gpus).mapToObj(Device::gpu).toList();
    return names.stream().flatMap(name -> devices(name, all).stream()).toList();
  }

  private static List<Device> devices(String name, List<Device> all) {
    return switch (name) {
      case RunConfig.AUTO -> all.subList(0, 1);
      case RunConfig.ALL -> all;
      case RunConfig.CPU -> List.of(Device.cpu());
      default -> List.of(gpu(name, all));
    };
  }

  private static Device gpu(String name, List<Device> all) {
    int number = Integer.parseInt(name.substring(RunConfig.GPU.length()));
    if (!all.get(0).isGpu()) {
      throw new UserError(
          "run.devices: there is no " + name + ": PyTorch sees no GPU here; auto takes the CPU");
    }
    if (number >= all.size()) {
      throw new UserError(
          "run.devices: there is no %s: PyTorch sees %d here, the last is gpu%d"
              .formatted(name, all.size(), all.size() - 1));
    }
    return all.get(number);
  }

  /** For reports: {@code PyTorch 2.7.1}. */
  public static String engine() {
    return PYTORCH + " " + loaded().getVersion();
  }

  /** For reports: {@code cpu, 2 cores, amd64 Linux}. */
  public static String describe(Device device) {
    return describe(List.of(device));
  }

  /** The same of several: {@code gpu 0, gpu 1, 2 cores, amd64 Linux}. */
  public static String describe(List<Device> devices) {
    return devices.stream().map(Machine::name).collect(Collectors.joining(", "))
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, "
        + System.getProperty("os.arch")
        + " "
        + System.getProperty("os.name");
  }

  private static String name(Device device) {
    return device.isGpu() ? "gpu " + device.getDeviceId() : device.getDeviceType();
  }

  /**
   * Seeds dropout on every device. Seeding anew from (run seed, step, part of the batch) makes a
   * pass repeatable with nothing to store.
   */
  public static void seed(long seed, long step, int part) {
    long mixed = (seed * 0x9E3779B97F4A7C15L + step) * 0xBF58476D1CE4E5B9L;
    mixed += part * 0x94D049BB133111EBL;
    loaded().setRandomSeed((int) (mixed >>> 33));
  }
}
