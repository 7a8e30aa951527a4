package org.visionfashion.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which program this is, as the build wrote it down. */
public final class Version {

  private static final Properties BUILD = load();

  private Version() {}

  /** Of VisionFashion. */
  public static String program() {
    return BUILD.getProperty("program");
  }

  /** Of the engine, without loading it. */
  public static String engine() {
    return "PyTorch " + BUILD.getProperty("pytorch") + " through DJL " + BUILD.getProperty("djl");
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
