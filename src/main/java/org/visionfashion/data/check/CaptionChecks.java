package org.visionfashion.data.check;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.visionfashion.base.OneLine;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.text.Captions;
import org.visionfashion.data.text.Markup;
import org.visionfashion.data.text.Mojibake;

/** Suspicions about captions, each looked at by itself; an example counts once for each check. */
final class CaptionChecks {

  /** Begin and end. */
  private static final int SPECIAL_TOKENS = 2;

  private final Examples examples;
  private final Map<Check, BiPredicate<Example, String>> tests = new EnumMap<>(Check.class);

  /**
   * Prepares the checks.
   *
   * @param maxTokens captions are cut to, special tokens included
   */
  CaptionChecks(Examples examples, int maxTokens) {
    this.examples = examples;
    tests.put(Check.MISSING_WORD, (example, caption) -> CaptionTexts.meansMissing(caption));
    tests.put(Check.MARKUP, (example, caption) -> Markup.isIn(caption));
    tests.put(Check.MOJIBAKE, (example, caption) -> Mojibake.isIn(caption));
    tests.put(Check.INVISIBLE, (example, caption) -> CaptionTexts.hasInvisible(caption));
    tests.put(Check.FILE_NAME, (example, caption) -> isFileName(caption, example));
    tests.put(
        Check.NOT_TEXT,
        (example, caption) -> CaptionTexts.isNoText(caption) && !isFileName(caption, example));
    tests.put(
        Check.URL,
        (example, caption) -> Captions.hasAddress(caption) && !CaptionTexts.isNoText(caption));
    tests.put(Check.PRICE, (example, caption) -> Captions.hasPrice(caption));
    tests.put(
        Check.LONG_CAPTION,
        (example, caption) -> CaptionTexts.tokens(caption) > maxTokens - SPECIAL_TOKENS);
  }

  private static boolean isFileName(String caption, Example example) {
    return CaptionTexts.isFileName(caption, example.id());
  }

  /** In one pass over the examples. */
  List<Finding> findings() {
    Map<Check, IntStream.Builder> found = new EnumMap<>(Check.class);
    tests.keySet().forEach(check -> found.put(check, IntStream.builder()));
    int place = 0;
    for (Example example : examples) {
      for (Check check : tests.keySet()) {
        if (first(check, example).isPresent()) {
          found.get(check).add(place);
        }
      }
      place++;
    }
    return found.entrySet().stream().map(each -> finding(each.getKey(), each.getValue())).toList();
  }

  private Finding finding(Check check, IntStream.Builder places) {
    return Finding.of(check, Finding.cases(places.build().toArray(), i -> quoted(check, i)));
  }

  private Optional<String> first(Check check, Example example) {
    return example.captions().stream()
        .filter(caption -> tests.get(check).test(example, caption))
        .findFirst();
  }

  private String quoted(Check check, int place) {
    Example example = examples.get(place);
    return example.id() + ": \"" + OneLine.word(first(check, example).orElse("")) + "\"";
  }
}
