package org.visionfashion.data.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a table may have meant by the path of a picture that is not there. */
final class PictureHint {

  /** A scheme has more than one letter; one is a drive of Windows. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(?:[a-z][a-z0-9+.-]+:/|data:|www\\.).*");

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

  private static final Pattern FOLDERS = Pattern.compile("/+");

  private static final List<String> ENDINGS =
      List.of(".jpg", ".jpeg", ".png", ".webp", ".JPG", ".JPEG", ".PNG");

  /** So many folders beside the table are looked into. */
  private static final int MOST_FOLDERS = 50;

  private final Path folder;
  private final ImageFiles images;
  private final Predicate<Path> inside;
  private final Map<Path, Map<String, String>> forms = new HashMap<>();
  private List<String> folders;

  /**
   * Hints for a table.
   *
   * @param folder it lies in
   * @param images what is there
   * @param inside whether a path may be looked at
   */
  PictureHint(Path folder, ImageFiles images, Predicate<Path> inside) {
    this.folder = folder;
    this.images = images;
    this.inside = inside;
  }

  /**
   * What would help, to follow a semicolon; empty = nothing is known.
   *
   * @param written the path with {@code /} between folders
   */
  Optional<String> of(String written) {
    Optional<String> near = near(written);
    if (ADDRESS.matcher(written).matches()) {
      return Optional.of(
          "it is an address, and nothing is fetched: download the pictures and name their files"
              + near.map(hint -> "; " + hint).orElse(""));
    }
    if (near.isEmpty() && DRIVE.matcher(written).matches()) {
      return Optional.of(
          "it is a path of another machine: name the pictures from the table's folder");
    }
    return near;
  }

  /** A picture that has a path like that: parts taken off in front, a folder put in front. */
  private Optional<String> near(String written) {
    for (String rest = written; !rest.isEmpty(); rest = rest.substring(rest.indexOf('/') + 1)) {
      for (String before : folders()) {
        Optional<String> there = there(before + rest);
        if (there.isPresent()) {
          return Optional.of(hint(written, rest, before, there.get()));
        }
      }
      if (rest.indexOf('/') < 0) {
        break;
      }
    }
    return Optional.empty();
  }

  private static String hint(String written, String rest, String before, String there) {
    String path = before + rest;
    if (!rest.equals(written)) {
      String off = written.substring(0, written.length() - rest.length());
      return "%s is there: take '%s' off the paths".formatted(there, off);
    }
    if (there.equalsIgnoreCase(path) && before.isEmpty()) {
      return there + " is there: upper and lower case count";
    }
    if (there.startsWith(path) || there.equals(path)) {
      String ending = there.substring(path.length());
      return "%s is there: set data.columns.path: '%s{}%s'".formatted(there, before, ending);
    }
    return there + " is there";
  }

  /** The picture at a path below the folder, or with another case, ending or form of accents. */
  private Optional<String> there(String path) {
    String plain = decoded(path);
    Stream<String> endings =
        Stream.concat(
            Stream.of(path, plain),
            ENDINGS.stream().flatMap(end -> Stream.of(path + end, stem(path) + end)));
    return endings.flatMap(each -> ignoringCase(each).stream()).findFirst();
  }

  /** The path as it is on disk; empty where a part of it is not there. */
  private Optional<String> ignoringCase(String path) {
    List<String> found = new ArrayList<>();
    Path at = folder;
    for (String name : FOLDERS.splitAsStream(path).toList()) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      Optional<String> there = name(at, name);
      if (there.isEmpty()) {
        return Optional.empty();
      }
      found.add(there.get());
      at = at.resolve(there.get());
      if (!inside.test(at)) {
        return Optional.empty();
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join("/", found));
  }

  private Optional<String> name(Path at, String wanted) {
    Set<String> names = images.names(at);
    if (names.contains(wanted)) {
      return Optional.of(wanted);
    }
    Map<String, String> byForm = forms.computeIfAbsent(at, each -> forms(names));
    return Optional.ofNullable(byForm.get(form(wanted)));
  }

  private static Map<String, String> forms(Set<String> names) {
    Map<String, String> forms = new HashMap<>();
    names.stream().sorted().forEach(name -> forms.putIfAbsent(form(name), name));
    return forms;
  }

  private static String form(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** In front of a path: nothing, or a folder beside the table, or one below it. */
  private List<String> folders() {
    if (folders == null) {
      folders = new ArrayList<>(List.of(""));
      for (int i = 0; i < folders.size() && folders.size() < MOST_FOLDERS; i++) {
        String outer = folders.get(i);
        if (outer.split("/").length > 2) {
          break;
        }
        images.names(folder.resolve(outer)).stream()
            .filter(name -> !name.startsWith(".") && name.indexOf('.') < 0)
            .sorted()
            .filter(name -> inside.test(folder.resolve(outer + name)))
            .limit(MOST_FOLDERS)
            .forEach(name -> folders.add(outer + name + "/"));
      }
    }
    return folders;
  }

  private static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }
}
