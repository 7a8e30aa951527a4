package org.visionfashion.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "'','',0",
    "epochs,epochs,0",
    "epoch,epochs,1",
    "epcohs,epochs,1",
    "kitten,sitting,3",
    "'',abc,3",
    "LR,lr,0",
    "ca,abc,3"
  })
  void countsEdits(String from, String to, int edits) {
    assertThat(Nearest.distance(from, to)).isEqualTo(edits);
    assertThat(Nearest.distance(to, from)).isEqualTo(edits);
  }

  @Test
  void namesTheNearestOrNone() {
    List<String> names = List.of("contrastive", "finetune", "all");
    assertThat(Nearest.of("contrastiv", names)).contains("contrastive");
    assertThat(Nearest.of("fine-tune", names)).contains("finetune");
    assertThat(Nearest.of("evaluate", names)).isEmpty();
    assertThat(Nearest.hint("al", names)).isEqualTo(", did you mean all?");
    assertThat(Nearest.hint("zzzzzz", names)).isEmpty();
  }
}
