package org.visionfashion.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.visionfashion.config.DataConfig;
import org.visionfashion.config.DataConfig.SplitRule;
import org.visionfashion.data.ExampleColumns.AttributeCodes;
import org.visionfashion.data.column.TextOrder;
import org.visionfashion.data.column.Texts;

/**
 * Makes the {@link Examples} of a data set out of entries that come in any order, ten million of
 * them in little heap: what a source has read goes out of memory at once. Sorts by id, joins
 * entries of the same id, numbers the labels and shares the examples out among the splits.
 *
 * <p>A source adds what it can use, entry by entry; asks for {@link #itemsKnown}; decides on a rule
 * by {@link Splits#rule}; and builds. For one thread.
 */
public final class ExamplesBuilder implements AutoCloseable {

  private static final Split[] SPLITS = Split.values();

  private final Places places;
  private final Texts.Sink ids = new Texts.Sink();
  private final Texts.Sink rows = new Texts.Sink();
  private final Map<String, Integer> categories = new HashMap<>();
  private final Map<String, Integer> tags = new HashMap<>();
  private int size;
  private boolean itemsKnown;

  /** Without an entry. */
  public ExamplesBuilder(Path folder) {
    this.places = new Places(folder);
  }

  /** Told of what several entries of the same id have to say. */
  public interface Repeats {

    /** Nobody is told. */
    Repeats IGNORED =
        new Repeats() {
          @Override
          public void same(String id, long place, long first) {}

          @Override
          public void contradicts(String id, List<String> what, long place, long first) {}
        };

    /**
     * An entry adds nothing to an earlier one.
     *
     * @param place of the entry
     * @param first the place of the first entry with this id
     */
    void same(String id, long place, long first);

    /**
     * An entry contradicts an earlier one; the earlier one counts.
     *
     * @param what of {@code category}, {@code attributes}, {@code item} and {@code split}
     */
    void contradicts(String id, List<String> what, long place, long first);
  }

  /** Takes an entry. Several of the same id become one example with the captions of all. */
  public void add(Entry entry) {
    ids.put(entry.id());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.put(bytes.toByteArray());
    itemsKnown |= !entry.item().isEmpty() && !entry.item().equals(entry.id());
    size++;
  }

  /** Entries so far. */
  public int size() {
    return size;
  }

  /** Whether an entry named an item that is not its id. */
  public boolean itemsKnown() {
    return itemsKnown;
  }

  /** Different categories so far. */
  public int categories() {
    return categories.size();
  }

  /** Different tags so far. */
  public int tags() {
    return tags.size();
  }

  /** The labels that came, in alphabetical order. */
  public LabelScheme scheme() {
    return LabelSchemes.custom(
        List.copyOf(new TreeSet<>(categories.keySet())), List.copyOf(new TreeSet<>(tags.keySet())));
  }

  /**
   * Builds; nothing can be added any more.
   *
   * @param rule not {@code AUTO}; {@code GIVEN} where every entry has a split
   * @param config seed and shares
   * @param repeats told of joined entries, in the order of their ids
   */
  public Examples build(SplitRule rule, DataConfig config, Repeats repeats) {
    Texts allIds = ids.finish();
    Texts allRows = rows.finish();
    int[] order = TextOrder.of(allIds);
    int[] starts = starts(order, allIds);
    IntFunction<Split> random =
        rule == SplitRule.RANDOM ? random(starts, order, allIds, config) : i -> null;
    int[] category = places(categories, scheme().categories());
    int[] attribute = places(tags, scheme().attributes());
    try (ExampleColumns.Sink sink = new ExampleColumns.Sink(places, attribute.length)) {
      for (int i = 0; i < starts.length - 1; i++) {
        String id = allIds.text(order[starts[i]]);
        Row row = Row.read(allRows.bytes(order[starts[i]]));
        for (int j = starts[i] + 1; j < starts[i + 1]; j++) {
          row = row.and(Row.read(allRows.bytes(order[j])), id, repeats);
        }
        String item = row.item().isEmpty() ? id : row.item();
        Split split =
            switch (rule) {
              case RANDOM -> random.apply(i);
              case ITEM -> Splits.byItem(item, config.seed(), config.validation(), config.test());
              case GIVEN -> row.split().orElseThrow();
              case AUTO -> throw new IllegalArgumentException("not a rule to split by: " + rule);
            };
        sink.add(
            id,
            row.spot(),
            List.copyOf(row.captions()),
            row.category() < 0 ? Example.UNKNOWN : category[row.category()],
            row.tags().isEmpty()
                ? AttributeCodes.noneKnown(attribute.length)
                : AttributeCodes.of(
                    row.tags().stream().mapToInt(tag -> attribute[tag]).sorted().toArray()),
            item,
            split);
      }
      return new Examples(sink.finish());
    }
  }

  /** Lets go of temporary files where nothing was built. */
  @Override
  public void close() {
    ids.close();
    rows.close();
  }

  /** Where the entries of each id begin in the order, and the end. */
  private static int[] starts(int[] order, Texts ids) {
    int[] starts = new int[order.length + 1];
    int count = 0;
    byte[] before = null;
    for (int i = 0; i < order.length; i++) {
      byte[] id = ids.bytes(order[i]);
      if (!Arrays.equals(id, before)) {
        starts[count++] = i;
      }
      before = id;
    }
    starts[count] = order.length;
    return Arrays.copyOf(starts, count + 1);
  }

  private static IntFunction<Split> random(
      int[] starts, int[] order, Texts ids, DataConfig config) {
    long[] hashes = new long[starts.length - 1];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = Splits.hash(ids.text(order[starts[i]]), config.seed());
    }
    return Splits.random(hashes, config.validation(), config.test());
  }

  /** From a label's number in the order of appearance to its place in the scheme. */
  private static int[] places(Map<String, Integer> numbers, List<String> labels) {
    int[] places = new int[numbers.size()];
    for (int i = 0; i < places.length; i++) {
      places[numbers.get(labels.get(i))] = i;
    }
    return places;
  }

  private void write(DataOutputStream out, Entry entry) throws IOException {
    Places.Spot spot = places.spot(entry.picture());
    out.writeLong(entry.place());
    out.writeInt(spot.container());
    write(out, spot.member());
    out.writeLong(spot.position());
    out.writeInt(spot.length());
    out.writeInt(entry.captions().size());
    for (String caption : entry.captions()) {
      write(out, caption);
    }
    out.writeInt(entry.category().isEmpty() ? -1 : number(categories, entry.category()));
    out.writeInt(entry.tags().size());
    for (String tag : entry.tags()) {
      out.writeInt(number(tags, tag));
    }
    write(out, entry.item().equals(entry.id()) ? "" : entry.item());
    out.writeByte(entry.split().map(split -> Arrays.asList(SPLITS).indexOf(split)).orElse(-1));
  }

  private static int number(Map<String, Integer> numbers, String label) {
    return numbers.computeIfAbsent(label, each -> numbers.size());
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * An entry without its id, as it was written.
   *
   * @param category its number, -1 = none
   * @param tags their numbers
   */
  private record Row(
      long place,
      Places.Spot spot,
      Set<String> captions,
      int category,
      List<Integer> tags,
      String item,
      Optional<Split> split) {

    static Row read(byte[] bytes) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
        long place = in.readLong();
        Places.Spot spot = new Places.Spot(in.readInt(), text(in), in.readLong(), in.readInt());
        Set<String> captions = new LinkedHashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
          captions.add(text(in));
        }
        int category = in.readInt();
        List<Integer> tags = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
          tags.add(in.readInt());
        }
        String item = text(in);
        int split = in.readByte();
        return new Row(
            place,
            spot,
            captions,
            category,
            tags,
            item,
            split < 0 ? Optional.empty() : Optional.of(SPLITS[split]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String text(DataInputStream in) throws IOException {
      return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    /** Joined with a later entry; takes the place of this one. */
    Row and(Row later, String id, Repeats repeats) {
      boolean adds = captions.addAll(later.captions); // not a copy: there may be thousands of rows
      adds |= category < 0 && later.category >= 0;
      adds |= tags.isEmpty() && !later.tags.isEmpty();
      adds |= item.isEmpty() && !later.item.isEmpty();
      List<String> contradictions = contradictions(later);
      if (!contradictions.isEmpty()) {
        repeats.contradicts(id, contradictions, later.place, place);
      } else if (!adds) {
        repeats.same(id, later.place, place);
      }
      return new Row(
          place,
          spot,
          captions,
          category < 0 ? later.category : category,
          tags.isEmpty() ? later.tags : tags,
          item.isEmpty() ? later.item : item,
          split.isPresent() ? split : later.split);
    }

    private List<String> contradictions(Row later) {
      List<String> names = new ArrayList<>();
      if (category >= 0 && later.category >= 0 && category != later.category) {
        names.add("category");
      }
      if (!tags.isEmpty()
          && !later.tags.isEmpty()
          && !Set.copyOf(tags).equals(Set.copyOf(later.tags))) {
        names.add("attributes");
      }
      if (!item.isEmpty() && !later.item.isEmpty() && !item.equals(later.item)) {
        names.add("item");
      }
      if (!split.equals(later.split)) {
        names.add("split");
      }
      return names;
    }
  }
}
