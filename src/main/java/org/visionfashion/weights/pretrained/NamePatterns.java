package org.visionfashion.weights.pretrained;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names that a configuration excuses; a star stands for anything. */
record NamePatterns(List<Pattern> patterns) {

  static NamePatterns of(List<String> globs) {
    return new NamePatterns(globs.stream().map(NamePatterns::pattern).toList());
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile(
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  boolean match(String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }
}
