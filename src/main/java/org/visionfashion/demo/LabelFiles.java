package org.visionfashion.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.visionfashion.data.DataException;

/** The three label files: a line a picture, its name and the codes, separated by spaces. */
enum LabelFiles {
  SHAPE("shape/shape_anno_all.txt"),
  FABRIC("texture/fabric_ann.txt"),
  PATTERN("texture/pattern_ann.txt");

  private final String path;

  LabelFiles(String path) {
    this.path = path;
  }

  private List<Group> groups() {
    return switch (this) {
      case SHAPE -> Group.SHAPE;
      case FABRIC -> Group.FABRIC;
      case PATTERN -> Group.PATTERN;
    };
  }

  Path in(Path labels) {
    return labels.resolve(path);
  }

  /** Writes all three; a picture without any shape label has no line in the shape file. */
  static void write(Path labels, SortedMap<String, Labels> pictures) {
    for (LabelFiles file : values()) {
      StringBuilder lines = new StringBuilder(64 * pictures.size());
      pictures.forEach(
          (name, seen) -> {
            if (file != SHAPE || !Group.SHAPE.stream().allMatch(seen::isNa)) {
              lines.append(name).append(' ').append(seen.text(file.groups())).append('\n');
            }
          });
      try {
        Files.createDirectories(file.in(labels).getParent());
        Json.replace(file.in(labels), lines.toString().getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * All labels of a folder; groups without a line are NA.
   *
   * @throws DataException where no label file is there or a line is not of their form
   */
  static SortedMap<String, Labels> read(Path labels) {
    SortedMap<String, Labels> pictures = new TreeMap<>();
    boolean found = false;
    for (LabelFiles file : values()) {
      if (Files.isRegularFile(file.in(labels))) {
        found = true;
        file.read(file.in(labels), pictures);
      }
    }
    if (!found) {
      throw new DataException(
          labels + " has none of the label files, for example " + SHAPE.path + "; name the folder");
    }
    return pictures;
  }

  private void read(Path file, Map<String, Labels> pictures) {
    List<Group> groups = groups();
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + e.getMessage(), e);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      String[] fields = line.split("\\s+", -1);
      if (fields.length != groups.size() + 1) {
        throw new DataException(
            file
                + ":"
                + (i + 1)
                + ": "
                + fields.length
                + " fields; a name and "
                + groups.size()
                + " codes belong there");
      }
      Labels seen = pictures.getOrDefault(fields[0], Labels.nothing());
      for (int g = 0; g < groups.size(); g++) {
        seen = seen.with(groups.get(g), code(fields[g + 1], groups.get(g), file, i + 1));
      }
      pictures.put(fields[0], seen);
    }
  }

  private static int code(String field, Group group, Path file, int line) {
    if (field.length() == 1) {
      int code = field.charAt(0) - '0';
      if (code >= 0 && code < group.size()) {
        return code;
      }
    }
    throw new DataException(
        file + ":" + line + ": " + group + " has codes 0 to " + group.na() + ", not " + field);
  }
}
