package org.visionfashion.data;

import java.nio.file.Path;

/**
 * Something wrong with the data, named so that a user can go and mend it.
 *
 * @param file the file
 * @param line 1-based line, 0 = the file as a whole
 * @param message what is wrong and what to do
 */
public record Problem(Path file, int line, String message) {

  @Override
  public String toString() {
    return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
  }
}
