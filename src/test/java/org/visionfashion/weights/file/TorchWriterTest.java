package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written comes back, and is laid out as PyTorch does it. */
public class TorchWriterTest {

  private record Floats(long[] shape, float[] values) implements SafetensorsWriter.Tensor {}

  @TempDir private Path folder;

  public static SafetensorsWriter.Tensor tensor(float[] values, long... shape) {
    return new Floats(shape, values);
  }

  private static SafetensorsWriter.Tensor random(Random random, long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    return tensor(values, shape);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  private void comesBack(Map<String, SafetensorsWriter.Tensor> tensors, String label)
      throws IOException {
    Path path = folder.resolve("file.pth");
    TorchWriter.write(path, tensors);
    try (TorchFile file = TorchFile.open(path)) {
      assertThat(file.names()).as(label).containsExactlyElementsOf(tensors.keySet());
      for (Map.Entry<String, SafetensorsWriter.Tensor> entry : tensors.entrySet()) {
        assertThat(file.info(entry.getKey()).type()).isEqualTo("F32");
        assertThat(file.info(entry.getKey()).shape()).as(label).isEqualTo(entry.getValue().shape());
        assertThat(bits(file.floats(entry.getKey())))
            .as(label)
            .isEqualTo(bits(entry.getValue().values()));
      }
    }
  }

  @Test
  void comesBackBitByBit() throws IOException {
    Random random = new Random(7);
    Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z", random(random));
    tensors.put("a.weight", random(random, 3, 5));
    tensors.put("longer than a chunk", random(random, 2, 70_001));
    tensors.put("exactly a chunk", random(random, 1 << 14));
    tensors.put("empty", random(random, 0, 4));
    tensors.put("Ünicode \"quoted\"", random(random, 1, 1, 1, 2));
    tensors.put("", random(random, 2));
    float[] special = {Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
    tensors.put("special", tensor(special, 4));
    comesBack(tensors, "fixed");
  }

  @Test
  void randomShapesComeBack() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        long[] shape = random.longs(random.nextInt(5), 0, 6).toArray();
        tensors.put("n" + random.nextInt(1000), random(random, shape));
      }
      comesBack(tensors, "seed " + seed);
    }
  }

  @Test
  void entriesAndSumsAsAnyZipProgramReadsThem() throws IOException {
    Path path = folder.resolve("file.pth");
    Files.write(path, new byte[10_000]); // a longer file is cut, not written over
    TorchWriter.write(path, Map.of("w", tensor(new float[] {1, -2}, 2)));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(path))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    assertThat(entries.keySet())
        .containsExactly(
            "archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/version");
    assertThat(entries.get("archive/data/0")).isEqualTo(TorchArchive.floats(1, -2));
    assertThat(new String(entries.get("archive/byteorder"), StandardCharsets.US_ASCII))
        .isEqualTo("little");
    assertThat(new String(entries.get("archive/version"), StandardCharsets.US_ASCII))
        .isEqualTo("3\n");
  }

  @Test
  void everyEntryBeginsAtAMultipleOf64() throws IOException {
    Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 130; i++) {
      tensors.put("n".repeat(i), tensor(new float[i], i));
    }
    Path path = folder.resolve("file.pth");
    TorchWriter.write(path, tensors);
    try (FileBytes file = FileBytes.open(path)) {
      TorchZip zip = TorchZip.read(file);
      assertThat(zip.entries()).hasSize(133);
      for (TorchZip.Entry entry : zip.entries().values()) {
        assertThat(zip.begin(entry) % 64).as(entry.name()).isZero();
      }
    }
  }

  @Test
  void theSameTensorsMakeTheSameFile() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Path path = folder.resolve("file" + i);
      TorchWriter.write(path, Map.of("w", random(new Random(1), 3, 3)));
      files.add(Files.readAllBytes(path));
    }
    assertThat(files.get(0)).isEqualTo(files.get(1));
  }

  /** One by one: whoever makes tensors on demand never holds two. */
  @Test
  void valuesAreAskedForOnceAndInOrder() throws IOException {
    List<String> asked = new ArrayList<>();
    Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
    for (String name : List.of("b", "a", "c")) {
      tensors.put(
          name,
          new SafetensorsWriter.Tensor() {
            @Override
            public long[] shape() {
              return new long[] {1};
            }

            @Override
            public float[] values() {
              asked.add(name);
              return new float[1];
            }
          });
    }
    TorchWriter.write(folder.resolve("file.pth"), tensors);
    assertThat(asked).containsExactly("b", "a", "c");
  }
}
