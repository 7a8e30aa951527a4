package org.visionfashion.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetTest {

  private static final LabelScheme SCHEME =
      LabelSchemes.custom(List.of("bag", "hat"), List.of("blue", "red"));

  @Test
  void summaryCountsSplitsAndSharedItems() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 1234; i++) {
      examples.add(example("a" + i, "", 0, "item" + i % 1000, Split.TRAIN));
    }
    examples.add(example("b", "", 0, "item7", Split.TEST));
    examples.add(example("c", "", 0, "other", Split.VALIDATION));
    assertThat(dataset(examples).summary())
        .isEqualTo(
            "1,236 examples: 1,234 train, 1 validation, 1 test;"
                + " 1,001 items, 1 shared between splits");
  }

  @Test
  void splitKeepsTheOrder() {
    Example a = example("a", "", 0, "1", Split.TEST);
    Example b = example("b", "", 0, "2", Split.TRAIN);
    Example c = example("c", "", 0, "3", Split.TEST);
    assertThat(dataset(List.of(a, b, c)).split(Split.TEST)).containsExactly(a, c);
  }

  @Test
  void fingerprintNamesWhatIsLearnedFrom() {
    Example plain = example("a", "red bag", 0, "1", Split.TRAIN);
    String fingerprint = dataset(List.of(plain)).fingerprint();
    assertThat(fingerprint).matches("[0-9a-f]{64}");

    Dataset elsewhere =
        new Dataset(
            "other",
            Path.of("elsewhere"),
            SCHEME,
            List.of(
                new Example(
                    "a", Path.of("moved.jpg"), "red bag", 0, new byte[] {1, 0}, "1", Split.TRAIN)),
            List.of(new Problem(Path.of("x"), 1, Problem.Kind.OTHER, "y")));
    assertThat(elsewhere.fingerprint()).isEqualTo(fingerprint);

    Stream<Dataset> changed =
        Stream.of(
            dataset(List.of()),
            dataset(List.of(example("b", "red bag", 0, "1", Split.TRAIN))),
            dataset(List.of(example("a", "red hat", 0, "1", Split.TRAIN))),
            dataset(List.of(example("a", "red bag", 1, "1", Split.TRAIN))),
            dataset(List.of(example("a", "red bag", 0, "2", Split.TRAIN))),
            dataset(List.of(example("a", "red bag", 0, "1", Split.TEST))),
            dataset(List.of(example("ar", "ed bag", 0, "1", Split.TRAIN))),
            dataset(
                List.of(
                    new Example(
                        "a", Path.of("a"), "red bag", 0, new byte[] {1, 1}, "1", Split.TRAIN))),
            new Dataset(
                "test",
                Path.of("."),
                LabelSchemes.custom(List.of("bag", "cap"), List.of("blue", "red")),
                List.of(plain),
                List.of()));
    assertThat(changed.map(Dataset::fingerprint).toList())
        .doesNotHaveDuplicates()
        .doesNotContain(fingerprint);
  }

  private static Dataset dataset(List<Example> examples) {
    return new Dataset("test", Path.of("."), SCHEME, examples, List.of());
  }

  private static Example example(
      String id, String caption, int category, String item, Split split) {
    return new Example(id, Path.of(id), caption, category, new byte[] {1, 0}, item, split);
  }
}
