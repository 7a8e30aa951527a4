package org.visionfashion.data.source;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.visionfashion.config.DataConfig.Scheme;
import org.visionfashion.data.ClothingType;
import org.visionfashion.data.Example;
import org.visionfashion.data.FashionLabel;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelSchemes;

/** Turns the codes of the label files into the outputs of a label scheme. */
final class DeepFashionEncoder {

  /** The codes of a picture that a label file has no line for. */
  static final int[] NO_SHAPE = unknown(FashionLabel.SHAPE.size());

  static final int[] NO_FABRIC = unknown(FashionLabel.FABRIC.size());
  static final int[] NO_PATTERN = unknown(FashionLabel.PATTERN.size());

  private final Scheme scheme;

  DeepFashionEncoder(Scheme scheme) {
    this.scheme = scheme;
  }

  LabelScheme scheme() {
    return scheme == Scheme.CARD ? LabelSchemes.CARD : LabelSchemes.PAPER;
  }

  /** The category: the clothing type, or the sleeve length under the scheme {@code paper}. */
  int category(ClothingType type, int[] shape) {
    return scheme == Scheme.CARD
        ? LabelSchemes.CARD.categories().indexOf(type.label())
        : shape[FashionLabel.SLEEVE.index()];
  }

  /** A value an attribute, group after group. */
  byte[] attributes(int[] shape, int[] fabric, int[] pattern) {
    int[] codes =
        (scheme == Scheme.CARD ? Stream.of(shape, fabric, pattern) : Stream.of(fabric, pattern))
            .flatMapToInt(IntStream::of)
            .toArray();
    byte[] attributes = new byte[scheme().attributeCount()];
    int offset = 0;
    for (int i = 0; i < codes.length; i++) {
      AttributeGroup group = scheme().groups().get(i);
      int values = group.values().size();
      if (codes[i] == Example.UNKNOWN) {
        Arrays.fill(attributes, offset, offset + values, (byte) Example.UNKNOWN);
      } else if (codes[i] < values) { // NA has no output here: all stay 0
        attributes[offset + codes[i]] = 1;
      }
      offset += values;
    }
    return attributes;
  }

  private static int[] unknown(int columns) {
    int[] codes = new int[columns];
    Arrays.fill(codes, Example.UNKNOWN);
    return codes;
  }
}
