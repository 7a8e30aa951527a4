package org.visionfashion.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.source.DataConfigs;

/** Examples in columns against examples in lists. */
public class ExamplesTest {

  private static final long SEED = 23;
  private static final int COUNT = 50_000;
  private static final Path FOLDER = Path.of("/data/shop");

  /** The entries of a data set of all kinds: several captions, repeated rows, three containers. */
  public static List<Entry> entries(int count, long seed) {
    Random random = new Random(seed);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "images/%06d.jpg".formatted(random.nextInt(2 * count));
      Picture picture =
          switch (id.hashCode() & 3) {
            case 0 -> new FilePicture(FOLDER.resolve(id));
            case 1 -> new FilePicture(Path.of("/elsewhere").resolve(id));
            default -> new Shard(FOLDER.resolve("part-1.tar")).picture(id, id.hashCode(), 77);
          };
      List<String> captions =
          random.ints(random.nextInt(4), 0, 999).distinct().mapToObj(n -> "Größe " + n).toList();
      List<String> tags =
          random.ints(random.nextInt(5), 0, 40).distinct().mapToObj(n -> "tag " + n).toList();
      entries.add(
          new Entry(
              id,
              picture,
              captions,
              random.nextInt(5) == 0 ? "" : "class " + random.nextInt(20),
              tags,
              random.nextInt(3) == 0 ? "" : "item " + random.nextInt(count / 2),
              Optional.of(List.of(Split.values()).get(random.nextInt(3))),
              i));
    }
    return entries;
  }

  @Test
  void builtColumnsAreWhatPlainListsGive() {
    List<Entry> entries = entries(COUNT, SEED);
    for (SplitRule rule : List.of(SplitRule.GIVEN, SplitRule.RANDOM, SplitRule.ITEM)) {
      ExamplesBuilder builder = new ExamplesBuilder(FOLDER);
      entries.forEach(builder::add);
      assertThat(builder.itemsKnown()).isTrue();
      LabelScheme scheme = builder.scheme();
      Examples built = builder.build(rule, config(rule), ExamplesBuilder.Repeats.IGNORED);
      List<Example> expected = plain(entries, scheme, rule);
      assertThat(built).as("seed %d, %s", SEED, rule).isEqualTo(expected);
      assertViews(built, expected);
      assertThat(new Dataset("x", FOLDER, scheme, built, List.of(), true).fingerprint())
          .isEqualTo(Fingerprint.of(scheme, expected));
    }
  }

  @Test
  void anyListBecomesColumns() {
    List<Entry> entries = entries(500, SEED);
    ExamplesBuilder builder = new ExamplesBuilder(FOLDER);
    entries.forEach(builder::add);
    LabelScheme scheme = builder.scheme();
    List<Example> plain = plain(entries, scheme, SplitRule.GIVEN);
    Collections.shuffle(plain, new Random(SEED));
    byte[] partly = new byte[scheme.attributeCount()];
    partly[3] = 1;
    partly[5] = Example.UNKNOWN;
    plain.add(new Example("", new InMemory(), List.of("", "\n"), 2, partly, "", Split.TEST));
    plain.add(new Example("x", Path.of("x"), "", -1, new byte[partly.length], "", Split.TRAIN));
    Examples columns = Examples.of(plain);
    assertThat(columns).isEqualTo(plain);
    assertViews(columns, plain);
    assertThat(Examples.of(columns)).isSameAs(columns);
    assertThat(Examples.of(List.of())).isEmpty();
  }

  @Test
  void repeatedRowsAreJoinedAndToldOf() {
    List<String> told = new ArrayList<>();
    ExamplesBuilder builder = new ExamplesBuilder(FOLDER);
    builder.add(row("b.jpg", "two", "", "shirt", 1));
    builder.add(row("a.jpg", "one", "hat", "", 2));
    builder.add(row("a.jpg", "uno", "hat", "", 3));
    builder.add(row("a.jpg", "one", "", "", 4));
    builder.add(row("b.jpg", "zwei", "shoe", "dress", 5));
    ExamplesBuilder.Repeats repeats =
        new ExamplesBuilder.Repeats() {
          @Override
          public void same(String id, long place, long first) {
            told.add(id + " " + place + " as " + first);
          }

          @Override
          public void contradicts(String id, List<String> what, long place, long first) {
            told.add(id + " " + what + " " + place + " not " + first);
          }
        };
    Examples built = builder.build(SplitRule.RANDOM, config(SplitRule.RANDOM), repeats);
    assertThat(built).extracting(Example::id).containsExactly("a.jpg", "b.jpg");
    assertThat(built.get(0).captions()).containsExactly("one", "uno");
    assertThat(built.get(1).captions()).containsExactly("two", "zwei");
    assertThat(built).extracting(Example::category).containsExactly(0, 1);
    assertThat(told).containsExactly("a.jpg 4 as 2", "b.jpg [attributes] 5 not 1");
  }

  private static Entry row(String id, String caption, String category, String tag, long place) {
    return new Entry(
        id,
        new FilePicture(FOLDER.resolve(id)),
        List.of(caption),
        category,
        tag.isEmpty() ? List.of() : List.of(tag),
        "",
        Optional.empty(),
        place);
  }

  private static void assertViews(Examples columns, List<Example> plain) {
    for (Split split : Split.values()) {
      List<Example> own = plain.stream().filter(e -> e.split() == split).toList();
      assertThat(columns.split(split)).isEqualTo(own);
    }
    int[] some = new Random(SEED).ints(100, 0, plain.size()).toArray();
    Examples selected = columns.select(some);
    for (int i = 0; i < some.length; i++) {
      Example expected = plain.get(some[i]);
      assertThat(selected.get(i)).isEqualTo(expected);
      assertThat(selected.caption(i)).isEqualTo(expected.caption());
      assertThat(selected.hasCaption(i)).isEqualTo(expected.hasCaption());
      assertThat(selected.item(i)).isEqualTo(expected.item());
      assertThat(selected.isLabelled(i)).isEqualTo(isLabelled(expected));
    }
    assertThat(columns.where(columns::hasCaption))
        .isEqualTo(plain.stream().filter(Example::hasCaption).toList());
    assertThat(columns.items()).isEqualTo(items(plain));
    Map<String, Long> pictures =
        plain.stream()
            .flatMap(example -> example.captions().stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(columns.captionCount())
        .isEqualTo((int) pictures.values().stream().mapToLong(n -> n).sum());
    assertThat(columns.repeatedCaptions())
        .isEqualTo(
            (int)
                plain.stream()
                    .filter(
                        example -> example.captions().stream().anyMatch(c -> pictures.get(c) > 1))
                    .count());
  }

  private static boolean isLabelled(Example example) {
    return example.category() != Example.UNKNOWN
        || IntStream.range(0, example.attributes().length)
            .anyMatch(i -> example.attributes()[i] != Example.UNKNOWN);
  }

  private static ItemCounts items(List<Example> examples) {
    Map<String, Set<Split>> sides = new HashMap<>();
    for (Example example : examples) {
      sides
          .computeIfAbsent(example.item(), item -> EnumSet.noneOf(Split.class))
          .add(example.split());
    }
    sides.remove("");
    return new ItemCounts(
        sides.size(),
        (int) sides.values().stream().filter(s -> s.size() > 1).count(),
        (int) sides.values().stream().filter(s -> s.contains(Split.TEST)).count(),
        (int)
            sides.values().stream()
                .filter(s -> s.containsAll(Set.of(Split.TEST, Split.TRAIN)))
                .count());
  }

  /** The slow way. */
  private static List<Example> plain(List<Entry> entries, LabelScheme scheme, SplitRule rule) {
    Map<String, Entry> byId = new TreeMap<>();
    for (Entry entry : entries) {
      byId.merge(entry.id(), entry, ExamplesTest::joined);
    }
    Map<String, String> items = new HashMap<>();
    byId.forEach((id, entry) -> items.put(id, entry.item().isEmpty() ? id : entry.item()));
    Map<String, Split> splits =
        rule == SplitRule.GIVEN
            ? byId.values().stream()
                .collect(Collectors.toMap(Entry::id, entry -> entry.split().orElseThrow()))
            : Splits.assign(items, rule, config(rule));
    List<String> labels = scheme.attributes();
    List<Example> examples = new ArrayList<>();
    for (Entry entry : byId.values()) {
      byte[] attributes = new byte[labels.size()];
      for (int i = 0; i < attributes.length; i++) {
        attributes[i] =
            (byte)
                (entry.tags().isEmpty()
                    ? Example.UNKNOWN
                    : entry.tags().contains(labels.get(i)) ? 1 : 0);
      }
      examples.add(
          new Example(
              entry.id(),
              entry.picture(),
              entry.captions(),
              scheme.categories().indexOf(entry.category()),
              attributes,
              items.get(entry.id()),
              splits.get(entry.id())));
    }
    return examples;
  }

  private static Entry joined(Entry first, Entry later) {
    Set<String> captions = new LinkedHashSet<>(first.captions());
    captions.addAll(later.captions());
    return new Entry(
        first.id(),
        first.picture(),
        List.copyOf(captions),
        first.category().isEmpty() ? later.category() : first.category(),
        first.tags().isEmpty() ? later.tags() : first.tags(),
        first.item().isEmpty() ? later.item() : first.item(),
        first.split(),
        first.place());
  }

  private static DataConfig config(SplitRule rule) {
    return DataConfigs.folder(FOLDER, rule);
  }

  /** A container as a tar is one. */
  public record Shard(Path file) implements Container {

    @Override
    public String kind() {
      return "tar";
    }

    @Override
    public String part() {
      return "";
    }

    @Override
    public Picture picture(String member, long position, int length) {
      return new Region(this, member, position, length);
    }
  }

  private record Region(Container container, String member, long position, int length)
      implements PackedPicture {

    @Override
    public byte[] read(LimitsConfig limits) {
      return new byte[length];
    }
  }

  private record InMemory() implements Picture {

    @Override
    public Path file() {
      return Path.of("memory");
    }

    @Override
    public String member() {
      return "";
    }

    @Override
    public byte[] read(LimitsConfig limits) {
      return new byte[0];
    }
  }
}
