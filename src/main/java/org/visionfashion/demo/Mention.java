package org.visionfashion.demo;

import org.visionfashion.data.FashionLabel;

/** A label that a caption states. */
record Mention(FashionLabel group, int code) {

  /** Compact form for {@code attainable.json}, for example {@code 0=3}. */
  String text() {
    return group.index() + "=" + code;
  }

  static Mention parse(String text) {
    int equals = text.indexOf('=');
    return new Mention(
        FashionLabel.ALL.get(Integer.parseInt(text.substring(0, equals))),
        Integer.parseInt(text.substring(equals + 1)));
  }

  boolean holds(Labels seen) {
    return seen.is(group, code);
  }
}
