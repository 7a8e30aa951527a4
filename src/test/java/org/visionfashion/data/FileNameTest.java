package org.visionfashion.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.data.FileName.Gender;
import org.visionfashion.data.FileName.View;

class FileNameTest {

  @Test
  void readsEveryPart() {
    assertThat(FileName.parse("WOMEN-Blouses_Shirts-id_00001234-02_4_full.jpg"))
        .contains(new FileName(Gender.WOMEN, "Blouses_Shirts", "00001234", 2, View.FULL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MEN-Denim-id_00000080-01_7_additional.jpg",
        "MEN-Suiting-id_99999999-99_6_flat.jpg",
        "WOMEN-Tees_Tanks-id_00000001-01_2_side.jpg"
      })
  void writesWhatItReads(String name) {
    assertThat(FileName.parse(name).orElseThrow().toString()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "WOMEN-Dresses-id_00000001-01_1_front.png",
        "WOMEN-Dresses-id_00000001-01_5_front.jpg",
        "WOMEN-Dresses-id_0000001-01_1_front.jpg",
        "WOMEN-Dresses-id_00000001-01_1_above.jpg",
        "KIDS-Dresses-id_00000001-01_1_front.jpg",
        "WOMEN-Dresses-id_00000001-01_1_front.jpg "
      })
  void refusesOtherForms(String name) {
    assertThat(FileName.parse(name)).isEmpty();
  }
}
