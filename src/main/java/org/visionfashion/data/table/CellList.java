package org.visionfashion.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list that another program wrote into a cell of text: {@code ["a", "b"]} as JSON has it, or
 * {@code ['a', 'b']} as Python prints it. The elements must be in quotation marks, so that a text
 * in brackets stays one.
 */
final class CellList {

  private final String text;
  private final List<String> elements = new ArrayList<>();
  private int at = 1;

  private CellList(String text) {
    this.text = text;
  }

  /** The elements without empty ones; empty where the text is no list. */
  static Optional<List<String>> of(String text) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      return Optional.empty();
    }
    CellList list = new CellList(text);
    return list.read() ? Optional.of(List.copyOf(list.elements)) : Optional.empty();
  }

  private boolean read() {
    int end = text.length() - 1;
    skipSpace();
    while (at < end) {
      if (!element(end)) {
        return false;
      }
      skipSpace();
      if (at < end && text.charAt(at++) != ',') {
        return false;
      }
      skipSpace();
    }
    return at == end;
  }

  /** Reads an element in quotation marks. */
  private boolean element(int end) {
    char quote = text.charAt(at++);
    if (quote != '\'' && quote != '"') {
      return false;
    }
    StringBuilder element = new StringBuilder();
    while (at < end && text.charAt(at) != quote) {
      element.append(text.charAt(at) == '\\' && at + 1 < end ? escaped() : text.charAt(at++));
    }
    if (at++ >= end) {
      return false;
    }
    if (!element.toString().isBlank()) {
      elements.add(element.toString().strip());
    }
    return true;
  }

  /** The character behind a backslash; white space of any kind is a space. */
  private char escaped() {
    char name = text.charAt(++at);
    int digits = name == 'u' ? 4 : name == 'x' ? 2 : 0;
    if (digits > 0 && at + digits < text.length()) {
      try {
        char code = (char) Integer.parseInt(text.substring(at + 1, at + 1 + digits), 16);
        at += 1 + digits;
        return code;
      } catch (NumberFormatException e) {
        // no code: the letter itself
      }
    }
    at++;
    return "nrt".indexOf(name) >= 0 ? ' ' : name;
  }

  private void skipSpace() {
    while (text.charAt(at) == ' ') {
      at++;
    }
  }
}
