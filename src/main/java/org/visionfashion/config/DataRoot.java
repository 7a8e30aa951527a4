package org.visionfashion.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.base.ProjectFolder;
import org.visionfashion.base.UserError;

/**
 * Where a data set lies: a folder or file, several of them, places for each split, or a data set of
 * the Hugging Face Hub, which is fetched before anything reads it.
 *
 * @param name as a user writes it, for messages
 * @param parts the places, in order; none while a data set of the Hub is not fetched
 */
public record DataRoot(String name, List<Part> parts) {

  /** How the name of a data set on the Hub begins. */
  public static final String HUB = "hf:datasets/";

  /** What a user may write. */
  static final String RULE =
      "be a folder, a file, a list of files, "
          + HUB
          + "owner/name[@revision][#config], or {train: FILE, validation: FILE, test: FILE}";

  /** Which splits may have places of their own, as a user names them. */
  public static final List<String> SPLITS = List.of("train", "validation", "test");

  private static final String SCHEME = "hf:";

  /**
   * A place.
   *
   * @param split {@code train}, {@code validation} or {@code test}; empty = {@code data.split}
   *     decides
   * @param path absolute; may be a pattern, which the reader expands
   */
  public record Part(String split, Path path) {}

  public DataRoot {
    parts = List.copyOf(parts);
  }

  /** A folder or file. */
  public static DataRoot at(Path path) {
    return local(List.of(new Part("", path.toAbsolutePath().normalize())));
  }

  /**
   * Reads a place, or several of one data set.
   *
   * @throws IllegalArgumentException where they break the {@link #RULE}
   */
  static DataRoot parse(List<String> places) {
    if (places.size() == 1 && isOnHub(places.get(0))) {
      return new DataRoot(places.get(0), List.of());
    }
    return local(parts("", places));
  }

  /**
   * Reads the places of each split.
   *
   * @throws IllegalArgumentException where they break the {@link #RULE}
   */
  static DataRoot parse(Map<String, List<String>> placesOfSplit) {
    List<Part> parts = new ArrayList<>();
    placesOfSplit.forEach((split, places) -> parts.addAll(parts(split, places)));
    return local(parts);
  }

  private static DataRoot local(List<Part> parts) {
    String name = written(parts).toString();
    return new DataRoot(name.startsWith("[") ? name.substring(1, name.length() - 1) : name, parts);
  }

  private static List<Part> parts(String split, List<String> places) {
    if (places.isEmpty() || places.stream().anyMatch(DataRoot::isNoPath)) {
      throw new IllegalArgumentException("no place");
    }
    return places.stream().map(place -> new Part(split, ProjectFolder.resolve(place))).toList();
  }

  private static boolean isNoPath(String place) {
    return place.isBlank() || place.startsWith(SCHEME);
  }

  /** Whether a user who wrote this means a data set of the Hub. */
  public static boolean isOnHub(String place) {
    return place.startsWith(HUB);
  }

  /** Whether the data set is one of the Hub's. */
  public boolean isOnHub() {
    return isOnHub(name);
  }

  /** {@code owner/name} of a data set of the Hub: what reports call it. */
  public Optional<String> repository() {
    return isOnHub()
        ? Optional.of(name.substring(HUB.length()).replaceFirst("[@#].*", ""))
        : Optional.empty();
  }

  /** The same with the places of its files, now that they are fetched. */
  public DataRoot fetched(List<Part> files) {
    return new DataRoot(name, files);
  }

  /**
   * The place, for a reader that reads one.
   *
   * @throws UserError where there are several
   */
  public Path path() {
    requireFetched();
    if (parts.size() != 1 || !parts.get(0).split().isEmpty()) {
      throw new UserError(
          "data.root names several places (%s), but data of this kind lie in one: name that folder or file"
              .formatted(name));
    }
    return parts.get(0).path();
  }

  /** The place where there is one, else the deepest folder that holds all. */
  public Path folder() {
    requireFetched();
    Path folder = parts.get(0).path();
    for (Part part : parts) {
      while (!part.path().startsWith(folder)) {
        folder = folder.getParent();
      }
    }
    return folder;
  }

  /**
   * Makes sure that there is something to read.
   *
   * @throws UserError for a data set of the Hub that is not fetched
   */
  public void requireFetched() {
    if (parts.isEmpty()) {
      throw new UserError(name + ": not fetched yet; Java programs call HubDataset.fetch() first");
    }
  }

  /** As a file of settings holds it: a text, a list, or a map of these. */
  Object written() {
    return isOnHub() ? name : written(parts);
  }

  private static Object written(List<Part> parts) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (Part part : parts) {
      texts
          .computeIfAbsent(part.split(), split -> new ArrayList<>())
          .add(ProjectFolder.relativize(part.path()));
    }
    Map<String, Object> written = new LinkedHashMap<>();
    texts.forEach((split, list) -> written.put(split, list.size() == 1 ? list.get(0) : list));
    return written.getOrDefault("", written);
  }

  @Override
  public String toString() {
    return name;
  }
}
