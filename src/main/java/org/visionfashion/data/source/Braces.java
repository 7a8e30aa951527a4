package org.visionfashion.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.visionfashion.base.UserError;

/**
 * Brace expressions in paths, as shells and webdataset expand them: {@code {000..012}} with zeros
 * in front as the range has them, {@code {0..8..2}} in steps, {@code {train,val}}, both together,
 * and several of them.
 */
final class Braces {

  private static final int MOST = 1_000_000;

  private static final Pattern EXPRESSION = Pattern.compile("\\{([^{}]*(?:,|\\.\\.)[^{}]*)}");
  private static final Pattern RANGE =
      Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");

  private Braces() {}

  /** Whether a path has any. */
  static boolean areIn(String path) {
    return EXPRESSION.matcher(path).find();
  }

  /**
   * The paths that a path stands for, in the order in which it names them; itself where it has no
   * expression.
   *
   * @throws UserError where they are more than a million
   */
  static List<String> expand(String path) {
    List<String> expanded = new ArrayList<>(List.of(""));
    Matcher expression = EXPRESSION.matcher(path);
    int end = 0;
    while (expression.find()) {
      String before = path.substring(end, expression.start());
      List<String> values = values(path, expression.group(1));
      requireFew(path, (long) expanded.size() * values.size());
      List<String> longer = new ArrayList<>();
      for (String start : expanded) {
        for (String value : values) {
          longer.add(start + before + value);
        }
      }
      expanded = longer;
      end = expression.end();
    }
    String rest = path.substring(end);
    return expanded.stream().map(start -> start + rest).toList();
  }

  /** What stands between two braces, one value after the other. */
  private static List<String> values(String path, String list) {
    List<String> values = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      Matcher range = RANGE.matcher(item);
      if (range.matches()) {
        addRange(path, range, values);
      } else {
        values.add(item);
      }
    }
    return values;
  }

  private static void addRange(String path, Matcher range, List<String> values) {
    String first = range.group(1);
    String last = range.group(2);
    boolean padded = first.length() > 1 && first.startsWith("0");
    padded |= last.length() > 1 && last.startsWith("0");
    int width = padded ? Math.max(first.length(), last.length()) : 1;
    int from = Integer.parseInt(first);
    int to = Integer.parseInt(last);
    int step = range.group(3) == null ? 1 : Math.max(1, Integer.parseInt(range.group(3)));
    requireFew(path, Math.abs((long) to - from) / step + values.size());
    for (long i = from; from <= to ? i <= to : i >= to; i += from <= to ? step : -step) {
      values.add(String.format(Locale.ROOT, "%0" + width + "d", i));
    }
  }

  private static void requireFew(String path, long count) {
    if (count > MOST) {
      throw new UserError(
          String.format(Locale.ROOT, "%s: stands for more than %,d files", path, MOST));
    }
  }
}
