package org.visionfashion.data.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.visionfashion.base.UserError;

/**
 * Which pictures exist. A folder is listed as a whole, mostly once, and no file is asked for its
 * attributes: 44,096 pictures on a network drive would take minutes otherwise.
 */
final class ImageFiles {

  private static final Set<String> READABLE =
      Set.of("jpg", "jpeg", "jpe", "jfif", "mpo", "png", "webp", "gif", "bmp", "tif", "tiff");
  private static final Set<String> UNREADABLE =
      Set.of(
          "heic", "heif", "hif", "avif", "jxl", "jp2", "j2k", "jpf", "jpx", "svg", "psd", "raw",
          "dng", "cr2", "cr3", "nef", "arw", "wmf", "emf", "eps", "tga", "ppm", "exr");
  private static final Set<String> COMPANIONS =
      Set.of("txt", "md", "json", "csv", "tsv", "yaml", "yml", "html", "pdf", "xml", "ini", "db");
  private static final Set<String> COMPANION_NAMES =
      Set.of("readme", "license", "licence", "copying", "notice", "changelog", "__macosx");

  /** Names that are kept of folders; a larger folder's files are asked for one by one. */
  private static final int MOST_NAMES = 500_000;

  private final Map<Path, Set<String>> listings = new HashMap<>();
  private final Set<Path> large = new HashSet<>();
  private final Set<Path> folders = new HashSet<>();
  private int kept;

  /** Whether a picture is there. */
  boolean exists(Path image) {
    Path parent = image.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      return false;
    }
    folders.add(parent);
    return (!large.contains(parent) && names(parent).contains(image.getFileName().toString()))
        // A drive that ignores case, or writes accents in another form, has more to say.
        || Files.exists(image);
  }

  /** The names in a folder; none where there is no such folder. */
  Set<String> names(Path folder) {
    Set<String> there = listings.get(folder);
    if (there != null) {
      return there;
    }
    Set<String> names = list(folder);
    if (names.size() > MOST_NAMES) {
      large.add(folder);
      return names;
    }
    if (kept + names.size() > MOST_NAMES) {
      listings.clear();
      kept = 0;
    }
    listings.put(folder, names);
    kept += names.size();
    return names;
  }

  /** The folders whose pictures were asked for. */
  Set<Path> folders() {
    return Set.copyOf(folders);
  }

  /** Whether a file looks like a picture that can be decoded. */
  static boolean isReadable(String name) {
    return READABLE.contains(extension(name));
  }

  /** Whether a file looks like a picture in a format that cannot be decoded. */
  static boolean isUnreadable(String name) {
    return UNREADABLE.contains(extension(name));
  }

  /** Whether a file or folder is hidden or of the sort that usually lies beside pictures. */
  static boolean isCompanion(String name) {
    return name.startsWith(".")
        || COMPANIONS.contains(extension(name))
        || COMPANION_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static Set<String> list(Path folder) {
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Set.of();
    } catch (IOException | DirectoryIteratorException e) {
      throw new UserError(folder + ": cannot be listed: " + e.getMessage(), e);
    }
    return names;
  }
}
