package org.visionfashion.weights.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.visionfashion.weights.file.TensorInfo;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.NameMap;

/** What a weights file holds, as a table. */
public final class Inspection {

  private Inspection() {}

  /** Names, shapes and types; the total; metadata; whose names they are. */
  public static String of(Path path) throws IOException {
    try (Tensors file = WeightsFiles.open(path)) {
      StringBuilder text = new StringBuilder();
      int width = file.names().stream().mapToInt(String::length).max().orElse(0);
      long total = 0;
      Map<String, Integer> types = new TreeMap<>();
      for (String name : file.names()) {
        TensorInfo info = file.info(name);
        text.append(
            String.format(
                "%-" + Math.max(1, width) + "s  %-4s  %s%n", name, info.type(), info.shapeText()));
        total += info.count();
        types.merge(info.type(), 1, Integer::sum);
      }
      text.append(
          String.format(
              Locale.ROOT, "%,d tensors %s, %,d numbers%n", file.names().size(), types, total));
      String names = NameMap.of(file.names()).map(NameMap::label).orElse("no known model");
      text.append("names of: ").append(names);
      file.metadata()
          .forEach(
              (key, value) ->
                  text.append(System.lineSeparator()).append(key).append(": ").append(value));
      return text.toString();
    }
  }
}
