package org.visionfashion.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.base.UserError;

class BracesTest {

  /** As bash expands them, but for the single word. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a; a",
        "a{x}b; a{x}b",
        "{1..3}; 1 2 3",
        "{008..011}.tar; 008.tar 009.tar 010.tar 011.tar",
        "{0..8..4}; 0 4 8",
        "{3..1}; 3 2 1",
        "{9..11}; 9 10 11",
        "{00..01,05}; 00 01 05",
        "{train,val}/{0..1}.tar; train/0.tar train/1.tar val/0.tar val/1.tar",
        "a{,b}; a ab",
      })
  void expandAsInAShell(String path, String expanded) {
    assertThat(Braces.expand(path)).containsExactly(expanded.split(" "));
  }

  @Test
  void millionsAreRefused() {
    assertThatThrownBy(() -> Braces.expand("{0..999999999}.tar")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> Braces.expand("{0..999}{0..999}{0..9}.tar"))
        .isInstanceOf(UserError.class);
    assertThat(Braces.expand("{00000..99999}.tar")).hasSize(100_000);
  }
}
