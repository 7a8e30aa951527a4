package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.LabelScheme;

/**
 * How many of the words that zero-shot sentences ask for occur in training captions: a text tower
 * that learns from captions alone knows no others.
 *
 * @param captions training captions
 * @param category words in the names of the categories
 * @param attribute words in the names of the attribute values
 */
public record SpokenWords(int captions, Said category, Said attribute) {

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Set<String> NO_NAMES = Set.of("and", "or", "a", "of", "in", "on");

  /**
   * Words of some names.
   *
   * @param asked different words
   * @param said those of them that a caption holds
   */
  public record Said(int asked, int said) {

    private static Said of(Collection<String> names, Set<String> spoken) {
      Set<String> words = words(names.stream());
      words.removeAll(NO_NAMES);
      return new Said(words.size(), (int) words.stream().filter(spoken::contains).count());
    }
  }

  /** Counts the words of a scheme's names. */
  public static SpokenWords of(LabelScheme scheme, List<Example> training) {
    List<String> captions = Examples.of(training).captions();
    Set<String> spoken = words(captions.stream());
    List<String> values =
        scheme.groups().stream().flatMap(group -> Prompts.names(group).stream()).toList();
    return new SpokenWords(
        captions.size(), Said.of(scheme.categories(), spoken), Said.of(values, spoken));
  }

  /** What captions leave out, as a sentence; empty where they leave out nothing. */
  Optional<String> caution(boolean categories, boolean attributes) {
    List<String> parts = new ArrayList<>();
    if (categories && category.said < category.asked) {
      parts.add("%d of the %d words in the class names".formatted(category.said, category.asked));
    }
    if (attributes && attribute.said < attribute.asked) {
      parts.add(
          "%d of the %d words in the names of attribute values"
              .formatted(attribute.said, attribute.asked));
    }
    return captions == 0 || parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s %s; a text tower trained on captions alone does not know the other words."
                .formatted(
                    Count.of(captions, "training caption"),
                    captions == 1 ? "contains" : "contain",
                    String.join(" and ", parts)));
  }

  private static Set<String> words(Stream<String> texts) {
    return texts
        .flatMap(text -> Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT), -1)))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }
}
