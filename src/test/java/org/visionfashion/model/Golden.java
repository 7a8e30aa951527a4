package org.visionfashion.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.nn.ParameterValues.Values;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.SafetensorsFile;

/** The folder of reference tensors; {@code -Dgolden=DIR} names another one of the same form. */
public final class Golden {

  private Golden() {}

  public static Path path(String name) {
    return Path.of(System.getProperty("golden", "src/test/resources/golden")).resolve(name);
  }

  public static SafetensorsFile open(String name) {
    try {
      return SafetensorsFile.open(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Architecture architecture() {
    try {
      return ModelFolder.open(path("")).description().architecture();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reference model, through the same door as any checkpoint folder. */
  public static DualEncoder model() {
    try {
      return ModelFolder.open(path("")).load(TestDevice.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reference model with other poolings. */
  public static DualEncoder model(Pooling image, Pooling text) {
    Architecture a = architecture();
    Architecture architecture = a.withPooling(image, text);
    try (SafetensorsFile weights = open("model.safetensors");
        SafetensorsFile pooler = open("image_pooler.safetensors")) {
      ParameterValues values =
          (name, shape, initial) -> {
            try {
              if (name.equals("logit_scale")) {
                return Values.of((float) Math.log(1 / a.similarity().temperature()));
              }
              return Values.of((weights.names().contains(name) ? weights : pooler).floats(name));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          };
      return new DualEncoder(architecture, TestDevice.get(), values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A reference tensor as an array; integers as int64. */
  public static NDArray array(NDManager manager, SafetensorsFile file, String name) {
    try {
      Shape shape = new Shape(file.info(name).shape());
      return file.info(name).type().startsWith("F")
          ? manager.create(file.floats(name), shape)
          : manager.create(file.longs(name), shape);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The token tensors whose names start with {@code prefix}. */
  public static Tokens tokens(NDManager manager, SafetensorsFile file, String prefix) {
    return new Tokens(
        array(manager, file, prefix + "input_ids"),
        array(manager, file, prefix + "token_type_ids"),
        array(manager, file, prefix + "attention_mask"));
  }

  public static float[] floats(SafetensorsFile file, String name) {
    try {
      return file.floats(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The largest absolute difference; NaN where one value is. */
  public static double difference(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      largest = Math.max(largest, difference); // keeps NaN
    }
    return largest;
  }
}
