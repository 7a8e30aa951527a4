package org.visionfashion.data;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.visionfashion.data.column.Bytes;
import org.visionfashion.data.column.Distinct;
import org.visionfashion.data.column.Texts;

/**
 * Examples as columns: an {@link Example} is made when it is asked for, and ten million of them
 * need no more heap than ten. Never changes; for any number of threads. A selection is a view, four
 * bytes an example.
 */
public final class Examples extends AbstractList<Example> implements RandomAccess {

  private final ExampleColumns columns;
  private final int[] rows; // of a selection; null = all
  private final Map<Split, Examples> splits = new EnumMap<>(Split.class);
  private LabelScheme fingerprinted;
  private String fingerprint;
  private ItemCounts items;
  private Integer repeatedCaptions;

  Examples(ExampleColumns columns) {
    this(columns, null);
  }

  private Examples(ExampleColumns columns, int[] rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** The same examples as columns, in the same order. */
  public static Examples of(List<Example> examples) {
    if (examples instanceof Examples columns) {
      return columns;
    }
    int attributes = examples.isEmpty() ? 0 : examples.get(0).attributes().length;
    try (ExampleColumns.Sink sink = new ExampleColumns.Sink(new Places(null), attributes)) {
      examples.forEach(sink::add);
      return new Examples(sink.finish());
    }
  }

  /**
   * Columns that were written before.
   *
   * @param columns as {@link #columns} gave them
   * @param scheme of their labels
   * @param containers as {@link #containers} gave them
   * @param facts of these examples under this scheme
   */
  public static Examples of(
      Map<String, Bytes> columns,
      LabelScheme scheme,
      List<Container> containers,
      DatasetFacts facts) {
    Examples examples =
        new Examples(ExampleColumns.of(columns, scheme.attributeCount(), List.copyOf(containers)));
    examples.fingerprinted = scheme;
    examples.fingerprint = facts.fingerprint();
    examples.items = facts.items();
    examples.split(Split.TRAIN).repeatedCaptions = facts.repeatedCaptions();
    return examples;
  }

  /** What takes a pass over all of them. */
  public DatasetFacts facts(LabelScheme scheme) {
    return new DatasetFacts(fingerprint(scheme), items(), split(Split.TRAIN).repeatedCaptions());
  }

  /** The columns by name, of all examples where these are a selection. */
  public Map<String, Bytes> columns() {
    return columns.byName();
  }

  /** What holds the pictures, by the numbers that the columns have. */
  public List<Container> containers() {
    return columns.places();
  }

  @Override
  public int size() {
    return rows == null ? columns.size() : rows.length;
  }

  @Override
  public Example get(int index) {
    return columns.example(row(index));
  }

  public String id(int index) {
    return columns.ids().text(row(index));
  }

  /** The first caption; empty = none. */
  public String caption(int index) {
    return columns.caption(row(index));
  }

  /** Where the pictures lie: a view, as this is. */
  public List<Picture> pictures() {
    return new PictureList();
  }

  private final class PictureList extends AbstractList<Picture> implements RandomAccess {

    @Override
    public Picture get(int index) {
      return columns.picture(row(index));
    }

    @Override
    public int size() {
      return Examples.this.size();
    }
  }

  /** All captions of all these examples, in their order: a view, as this is. */
  public List<String> captions() {
    Texts texts = columns.captions();
    if (rows == null) {
      return new CaptionList(texts, null);
    }
    return new CaptionList(texts, Arrays.stream(rows).flatMap(columns::captionIndices).toArray());
  }

  /** Captions; the indices of them among the texts, null = all. */
  private static final class CaptionList extends AbstractList<String> implements RandomAccess {

    private final Texts texts;
    private final int[] indices;

    CaptionList(Texts texts, int[] indices) {
      this.texts = texts;
      this.indices = indices;
    }

    @Override
    public String get(int index) {
      return texts.text(indices == null ? index : indices[index]);
    }

    @Override
    public int size() {
      return indices == null ? texts.size() : indices.length;
    }
  }

  public boolean hasCaption(int index) {
    return columns.hasCaption(row(index));
  }

  /** Whether the category or any attribute is known. */
  public boolean isLabelled(int index) {
    return columns.isLabelled(row(index));
  }

  public String item(int index) {
    return columns.item(row(index));
  }

  public Split split(int index) {
    return columns.split(row(index));
  }

  /** The examples of one split, in order. */
  public Examples split(Split split) {
    synchronized (splits) {
      return splits.computeIfAbsent(split, own -> where(index -> split(index) == own));
    }
  }

  /** The examples whose indices are wanted, in order; this very list where all are. */
  public Examples where(IntPredicate wanted) {
    int[] chosen = IntStream.range(0, size()).filter(wanted).toArray();
    return chosen.length == size() ? this : select(chosen);
  }

  /** The examples at these indices, in this order; an index may come more than once. */
  public Examples select(int[] indices) {
    return new Examples(columns, Arrays.stream(indices).map(this::row).toArray());
  }

  /** How many captions they have together. */
  public int captionCount() {
    return captions().size();
  }

  /** How many have a caption that another one has too. */
  public synchronized int repeatedCaptions() {
    if (repeatedCaptions == null) {
      repeatedCaptions = countRepeatedCaptions();
    }
    return repeatedCaptions;
  }

  private int countRepeatedCaptions() {
    List<String> captions = captions();
    int[] owner_M =
        IntStream.range(0, size())
            .flatMap(i -> columns.captionIndices(row(i)).map(caption -> i))
            .toArray();
    Distinct distinct = new Distinct(captions.size(), captions::get);
    BitSet repeated = new BitSet();
    for (int m = 0; m < owner_M.length; m++) {
      int first = owner_M[distinct.first(m)];
      if (first != owner_M[m]) {
        repeated.set(first);
        repeated.set(owner_M[m]);
      }
    }
    return repeated.cardinality();
  }

  /** How often each distinct caption stands, in no particular order. */
  public int[] captionCounts() {
    List<String> captions = captions();
    Distinct distinct = new Distinct(captions.size(), captions::get);
    int[] counts = new int[captions.size()];
    for (int m = 0; m < counts.length; m++) {
      counts[distinct.first(m)]++;
    }
    return Arrays.stream(counts).filter(count -> count > 0).toArray();
  }

  /** How many different items they are of. */
  public int distinctItems() {
    Distinct distinct = new Distinct(size(), this::item);
    return (int) IntStream.range(0, size()).filter(i -> distinct.first(i) == i).count();
  }

  /** How the items lie in the splits. */
  synchronized ItemCounts items() {
    if (items == null) {
      items = ItemCounts.of(this);
    }
    return items;
  }

  /** The fingerprint of these examples under their scheme. */
  synchronized String fingerprint(LabelScheme scheme) {
    if (fingerprint == null || !scheme.equals(fingerprinted)) {
      fingerprinted = scheme;
      fingerprint = Fingerprint.of(scheme, this);
    }
    return fingerprint;
  }

  private int row(int index) {
    return rows == null ? index : rows[index];
  }
}
