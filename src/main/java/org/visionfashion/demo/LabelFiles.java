package org.visionfashion.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.Problem;
import org.visionfashion.data.source.DeepFashionLayout;
import org.visionfashion.data.source.LabelFile;

/** All labels of a data set in the layout of DeepFashion-MultiModal, by file name. */
final class LabelFiles {

  private LabelFiles() {}

  private static Map<Path, List<FashionLabel>> columns(DeepFashionLayout layout) {
    return Map.of(
        layout.shape(), FashionLabel.SHAPE,
        layout.fabric(), FashionLabel.FABRIC,
        layout.pattern(), FashionLabel.PATTERN);
  }

  /** Writes the three files; a picture without any shape label has no line in the shape file. */
  static void write(DeepFashionLayout layout, SortedMap<String, Labels> pictures)
      throws IOException {
    for (Map.Entry<Path, List<FashionLabel>> file : columns(layout).entrySet()) {
      boolean shape = file.getKey().equals(layout.shape());
      StringBuilder lines = new StringBuilder(64 * pictures.size());
      pictures.forEach(
          (name, seen) -> {
            if (!shape || !FashionLabel.SHAPE.stream().allMatch(seen::isNa)) {
              lines.append(name).append(' ').append(seen.text(file.getValue())).append('\n');
            }
          });
      Files.createDirectories(file.getKey().getParent());
      Json.replace(file.getKey(), lines.toString().getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * Reads the files that are there; columns without a line are NA.
   *
   * @throws UserError where a line is not as it should be
   */
  static SortedMap<String, Labels> read(DeepFashionLayout layout) {
    SortedMap<String, Labels> pictures = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    columns(layout)
        .forEach(
            (file, columns) -> {
              if (Files.isRegularFile(file)) {
                LabelFile.read(file, columns, LimitsConfig.DEFAULT, problems)
                    .forEach(
                        (name, line) ->
                            pictures.merge(
                                name,
                                Labels.nothing().with(columns, line.codes()),
                                (some, more) -> some.with(columns, line.codes())));
              }
            });
    problems.stream()
        .filter(Problem::fault)
        .findFirst()
        .ifPresent(
            problem -> {
              throw new UserError(problem.toString());
            });
    return pictures;
  }
}
