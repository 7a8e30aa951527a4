package org.visionfashion.weights.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.JsonFile;
import org.visionfashion.weights.file.WeightsFiles;

/**
 * A folder that sentence-transformers wrote: {@code modules.json} names a Transformer and what
 * follows it, each with a folder of its own. The Transformer is the text tower; how it is pooled
 * stands in the Pooling's {@code config.json}; a Normalize adds nothing, since embeddings are
 * normalised anyway.
 */
public final class SentenceTransformer {

  /** What lists the modules. */
  public static final String MODULES = "modules.json";

  private static final String TRANSFORMER = "Transformer";
  private static final String POOLING = "Pooling";
  private static final Set<String> UNDERSTOOD = Set.of(TRANSFORMER, POOLING, "Normalize");
  private static final String MODE = "pooling_mode";

  private final Path file;
  private final Path root;
  private final List<Step> modules = new ArrayList<>();

  /**
   * A step on the way from tokens to a sentence's vector.
   *
   * @param type the class without its packages
   * @param folder below that of modules.json; empty = the same
   */
  private record Step(String type, String folder) {

    String path(String name) {
      return folder.isEmpty() ? name : folder + "/" + name;
    }
  }

  private SentenceTransformer(Path file) throws IOException {
    this.file = file;
    this.root = WeightsFiles.folder(file);
    for (JsonNode module : JsonFile.read(file)) {
      String type = module.path("type").asText();
      modules.add(new Step(type.substring(type.lastIndexOf('.') + 1), folder(module)));
    }
  }

  /** A name that reaches elsewhere is refused. */
  private String folder(JsonNode module) {
    String folder = module.path("path").asText();
    if (!folder.matches("(\\w[\\w.-]*)?")) {
      throw new UserError(file + ": '" + folder + "' is not a folder beside it");
    }
    return folder;
  }

  /**
   * Reads a {@code modules.json}.
   *
   * @throws UserError where it is none, or has no Transformer
   */
  public static SentenceTransformer read(Path file) throws IOException {
    SentenceTransformer read = new SentenceTransformer(file);
    if (read.first(TRANSFORMER).isEmpty()) {
      throw new UserError(file + " has no Transformer");
    }
    return read;
  }

  /** That of weights; nothing where they are not of this kind. */
  static Optional<SentenceTransformer> beside(Path weights) throws IOException {
    Path file = WeightsFiles.folder(weights).resolve(MODULES);
    return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
  }

  private Optional<Step> first(String type) {
    return modules.stream().filter(module -> module.type().equals(type)).findFirst();
  }

  /** Where a file of the Transformer lies, from modules.json on. */
  public String ofTransformer(String name) {
    return first(TRANSFORMER).orElseThrow().path(name);
  }

  /** Where the Pooling is described, from modules.json on. */
  public Optional<String> pooling() {
    return first(POOLING).map(module -> module.path(ModelFolder.CONFIG));
  }

  /** The folder of the Transformer's weights. */
  Path weights() {
    return root.resolve(first(TRANSFORMER).orElseThrow().folder());
  }

  /** The folders and kinds of what has no counterpart here. */
  List<String> ignored() {
    return modules.stream()
        .filter(module -> !UNDERSTOOD.contains(module.type()))
        .map(module -> module.folder() + " (" + module.type() + ")")
        .toList();
  }

  /** Why a model that pools in some way is not the one that was published, if it is not. */
  Optional<String> problem(Pooling pooling) throws IOException {
    Optional<Path> config = pooling().map(root::resolve).filter(Files::isRegularFile);
    if (config.isEmpty()) {
      return Optional.empty();
    }
    Set<String> modes = modes(JsonFile.read(config.get()));
    String ours = pooling.name().toLowerCase(Locale.ROOT);
    return modes.equals(Set.of(ours))
        ? Optional.empty()
        : Optional.of(
            "%s pools by %s, model.text.pooling is %s (if intended, excuse it by model.ignore: [%s])"
                .formatted(config.get(), String.join(" and ", modes), ours, pooling().get()));
  }

  /** {@code "pooling_mode_mean_tokens": true}, or newer {@code "pooling_mode": "mean"}. */
  private static Set<String> modes(JsonNode config) {
    Set<String> modes = new TreeSet<>();
    for (Map.Entry<String, JsonNode> entry : config.properties()) {
      if (entry.getKey().equals(MODE)) {
        modes.add(entry.getValue().asText());
      } else if (entry.getKey().startsWith(MODE + "_") && entry.getValue().asBoolean()) {
        modes.add(entry.getKey().substring(MODE.length() + 1).replaceAll("_tokens?$", ""));
      }
    }
    return modes;
  }
}
