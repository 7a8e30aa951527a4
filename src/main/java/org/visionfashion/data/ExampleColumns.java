package org.visionfashion.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.visionfashion.data.column.ByteSink;
import org.visionfashion.data.column.Bytes;
import org.visionfashion.data.column.Texts;

/**
 * The columns of N examples.
 *
 * @param ids a text each
 * @param captionEnds an int each: how many captions it and those before it have
 * @param captions of all examples, one behind the other
 * @param categories an int each
 * @param attributes a short for each attribute that is not 0, see {@link AttributeCodes}
 * @param attributeCount attributes of the scheme
 * @param items a text each, empty where {@code traits} says that it is the id
 * @param traits a byte each: the split, and what is known
 * @param containers an int each: which of {@code places} has the picture
 * @param members a text each, see {@link Container#picture}; empty where {@code traits} says that
 *     it is the id
 * @param positions a long each
 * @param lengths an int each
 * @param places the containers
 */
record ExampleColumns(
    Texts ids,
    Bytes captionEnds,
    Texts captions,
    Bytes categories,
    Texts attributes,
    int attributeCount,
    Texts items,
    Bytes traits,
    Bytes containers,
    Texts members,
    Bytes positions,
    Bytes lengths,
    List<Container> places) {

  private static final int SPLIT = 0b11;
  private static final int CAPTION = 0b100;
  private static final int LABEL = 0b1000;
  private static final int OWN_ITEM = 0b10000;
  private static final int OWN_MEMBER = 0b100000;
  private static final Split[] SPLITS = Split.values();

  int size() {
    return ids.size();
  }

  Example example(int row) {
    String id = ids.text(row);
    return new Example(
        id,
        picture(row),
        captionIndices(row).mapToObj(captions::text).toList(),
        categories.intAt(row),
        AttributeCodes.decode(attributes.bytes(row), attributeCount),
        has(row, OWN_ITEM) ? id : items.text(row),
        split(row));
  }

  Picture picture(int row) {
    return places
        .get(containers.intAt(row))
        .picture(
            (has(row, OWN_MEMBER) ? ids : members).text(row),
            positions.longAt(row),
            lengths.intAt(row));
  }

  /** Which of the captions are those of an example. */
  IntStream captionIndices(int row) {
    return IntStream.range(firstCaption(row), captionEnds.intAt(row));
  }

  private int firstCaption(int row) {
    return row == 0 ? 0 : captionEnds.intAt(row - 1L);
  }

  String caption(int row) {
    return hasCaption(row) ? captions.text(firstCaption(row)) : "";
  }

  boolean hasCaption(int row) {
    return has(row, CAPTION);
  }

  boolean isLabelled(int row) {
    return has(row, LABEL);
  }

  String item(int row) {
    return (has(row, OWN_ITEM) ? ids : items).text(row);
  }

  private boolean has(int row, int trait) {
    return (traits.byteAt(row) & trait) != 0;
  }

  Split split(int row) {
    return SPLITS[traits.byteAt(row) & SPLIT];
  }

  /** The columns by name; {@link #of} takes them back. */
  Map<String, Bytes> byName() {
    Map<String, Bytes> columns = new LinkedHashMap<>();
    put(columns, "id", ids);
    columns.put("caption-count", captionEnds);
    put(columns, "caption", captions);
    columns.put("category", categories);
    put(columns, "attributes", attributes);
    put(columns, "item", items);
    columns.put("traits", traits);
    columns.put("container", containers);
    put(columns, "member", members);
    columns.put("position", positions);
    columns.put("length", lengths);
    return columns;
  }

  private static void put(Map<String, Bytes> columns, String name, Texts texts) {
    columns.put(name + "-ends", texts.ends());
    columns.put(name, texts.bytes());
  }

  static ExampleColumns of(Map<String, Bytes> columns, int attributeCount, List<Container> places) {
    return new ExampleColumns(
        texts(columns, "id"),
        columns.get("caption-count"),
        texts(columns, "caption"),
        columns.get("category"),
        texts(columns, "attributes"),
        attributeCount,
        texts(columns, "item"),
        columns.get("traits"),
        columns.get("container"),
        texts(columns, "member"),
        columns.get("position"),
        columns.get("length"),
        places);
  }

  private static Texts texts(Map<String, Bytes> columns, String name) {
    return new Texts(columns.get(name + "-ends"), columns.get(name));
  }

  /** Takes examples in their order. */
  static final class Sink implements AutoCloseable {

    private final Places places;
    private final int attributeCount;
    private final Texts.Sink ids = new Texts.Sink();
    private final ByteSink captionEnds = new ByteSink();
    private final Texts.Sink captions = new Texts.Sink();
    private final ByteSink categories = new ByteSink();
    private final Texts.Sink attributes = new Texts.Sink();
    private final Texts.Sink items = new Texts.Sink();
    private final ByteSink traits = new ByteSink();
    private final ByteSink containers = new ByteSink();
    private final Texts.Sink members = new Texts.Sink();
    private final ByteSink positions = new ByteSink();
    private final ByteSink lengths = new ByteSink();
    private int captionCount;

    /** For examples with so many attributes, whose pictures lie in {@code places}. */
    Sink(Places places, int attributeCount) {
      this.places = places;
      this.attributeCount = attributeCount;
    }

    void add(Example example) {
      if (example.attributes().length != attributeCount) {
        throw new IllegalArgumentException(
            "%s has %d attributes, others %d"
                .formatted(example.id(), example.attributes().length, attributeCount));
      }
      add(
          example.id(),
          places.spot(example.picture()),
          example.captions(),
          example.category(),
          AttributeCodes.encode(example.attributes()),
          example.item(),
          example.split());
    }

    /**
     * Adds an example.
     *
     * @param codes of its attributes
     */
    void add(
        String id,
        Places.Spot spot,
        List<String> itsCaptions,
        int category,
        byte[] codes,
        String item,
        Split split) {
      ids.put(id);
      itsCaptions.forEach(captions::put);
      captionCount += itsCaptions.size();
      captionEnds.putInt(captionCount);
      categories.putInt(category);
      attributes.put(codes);
      items.put(item.equals(id) ? "" : item);
      boolean labelled =
          category != Example.UNKNOWN || !AttributeCodes.noneKnown(codes, attributeCount);
      traits.put(
          (byte)
              (Arrays.asList(SPLITS).indexOf(split)
                  | (itsCaptions.isEmpty() ? 0 : CAPTION)
                  | (labelled ? LABEL : 0)
                  | (item.equals(id) ? OWN_ITEM : 0)
                  | (spot.member().equals(id) ? OWN_MEMBER : 0)));
      containers.putInt(spot.container());
      members.put(spot.member().equals(id) ? "" : spot.member());
      positions.putLong(spot.position());
      lengths.putInt(spot.length());
    }

    ExampleColumns finish() {
      return new ExampleColumns(
          ids.finish(),
          captionEnds.finish(),
          captions.finish(),
          categories.finish(),
          attributes.finish(),
          attributeCount,
          items.finish(),
          traits.finish(),
          containers.finish(),
          members.finish(),
          positions.finish(),
          lengths.finish(),
          places.containers());
    }

    @Override
    public void close() {
      List<ByteSink> numbers =
          List.of(captionEnds, categories, traits, containers, positions, lengths);
      List<Texts.Sink> texts = List.of(ids, captions, attributes, items, members);
      numbers.forEach(ByteSink::close);
      texts.forEach(Texts.Sink::close);
    }
  }

  /**
   * A row of attributes as bytes: a short for each that is not 0, its index + 1, negative where it
   * is unknown. A single 0 stands for a row of which nothing is known.
   */
  static final class AttributeCodes {

    private static final byte[] NOTHING_KNOWN = new byte[Short.BYTES];
    private static final byte[] NONE = {};

    private AttributeCodes() {}

    /** The codes of a row of 1, 0 and {@link Example#UNKNOWN}. */
    static byte[] encode(byte[] attributes) {
      short[] codes = new short[attributes.length];
      int count = 0;
      int unknown = 0;
      for (int i = 0; i < attributes.length; i++) {
        int code =
            switch (attributes[i]) {
              case 0 -> 0;
              case 1 -> i + 1;
              case Example.UNKNOWN -> -i - 1;
              default -> throw new IllegalArgumentException("no label: " + attributes[i]);
            };
        unknown += code < 0 ? 1 : 0;
        if (code != 0) {
          codes[count++] = (short) code;
        }
      }
      return unknown == attributes.length
          ? noneKnown(attributes.length)
          : bytes(Arrays.copyOf(codes, count));
    }

    /** The codes of a row of which nothing is known. */
    static byte[] noneKnown(int attributeCount) {
      return attributeCount == 0 ? NONE : NOTHING_KNOWN;
    }

    /** The codes of a row where these are 1 and all others 0. */
    static byte[] of(int[] indices) {
      short[] codes = new short[indices.length];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (short) (indices[i] + 1);
      }
      return bytes(codes);
    }

    private static byte[] bytes(short[] codes) {
      ByteBuffer bytes = ByteBuffer.allocate(codes.length * Short.BYTES);
      bytes.asShortBuffer().put(codes);
      return bytes.array();
    }

    static boolean noneKnown(byte[] codes, int attributeCount) {
      return attributeCount == 0 || Arrays.equals(codes, NOTHING_KNOWN);
    }

    static byte[] decode(byte[] codes, int attributeCount) {
      byte[] attributes = attributeCount == 0 ? NONE : new byte[attributeCount];
      if (attributeCount > 0 && noneKnown(codes, attributeCount)) {
        Arrays.fill(attributes, (byte) Example.UNKNOWN);
        return attributes;
      }
      for (int i = 0; i < codes.length; i += Short.BYTES) {
        int code = (short) ((codes[i] << Byte.SIZE) | (codes[i + 1] & 0xff));
        attributes[Math.abs(code) - 1] = (byte) (code > 0 ? 1 : Example.UNKNOWN);
      }
      return attributes;
    }
  }
}
