package org.visionfashion.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the head of a data set's {@code README.md} says about its files. Source: "Manual
 * Configuration" in the Hub's documentation of data sets.
 *
 * @param configs the named selections of files; none where the card names none
 */
record DatasetCard(List<Config> configs) {

  private static final int DEEPEST = 50;
  private static final Pattern HEAD =
      Pattern.compile("\\A\\s*---\\h*\\R(.*?\\R)---\\h*(\\R.*)?\\z", Pattern.DOTALL);
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  /**
   * A selection of files.
   *
   * @param folder where it lies, empty = anywhere
   * @param files by split; none where their names say the splits
   * @param usual whether it is meant where none is named
   */
  record Config(String name, String folder, List<SplitFiles> files, boolean usual) {}

  /**
   * The files of a split.
   *
   * @param split its name, empty where the card does not say
   * @param patterns paths in the repository, with wildcards
   */
  record SplitFiles(String split, List<String> patterns) {}

  static final DatasetCard NONE = new DatasetCard(List.of());

  /**
   * Reads the YAML between the dashes.
   *
   * @return nothing where it is no YAML
   */
  static Optional<DatasetCard> read(String readme) {
    Matcher head = HEAD.matcher(readme);
    if (!head.matches()) {
      return Optional.of(NONE);
    }
    try {
      List<Config> configs = new ArrayList<>();
      YAML.readTree(head.group(1)).path("configs").forEach(node -> configs.add(config(node)));
      return Optional.of(new DatasetCard(configs));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Config config(JsonNode node) {
    String name = node.path("config_name").asText("default");
    JsonNode files = node.path("data_files");
    List<SplitFiles> splits = new ArrayList<>();
    boolean bySplit = files.isArray() && files.path(0).isObject();
    if (bySplit) {
      files.forEach(
          each ->
              splits.add(new SplitFiles(each.path("split").asText(), texts(each.path("path")))));
    } else if (!files.isMissingNode() && !files.isNull()) {
      splits.add(new SplitFiles("", texts(files)));
    }
    String folder =
        node.path("data_dir").asText().replaceFirst("^\\./", "").replaceFirst("/+$", "");
    return new Config(name, folder, splits, node.path("default").asBoolean());
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
