package org.visionfashion.data.loader;

import java.util.List;

/** Captions to token ids. Must be thread-safe. */
@FunctionalInterface
public interface TextEncoder {

  /** All captions of a batch, padded to the longest of them. */
  Tokens encode(List<String> captions);
}
