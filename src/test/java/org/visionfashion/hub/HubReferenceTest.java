package org.visionfashion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.hub.HubReference.Kind;

class HubReferenceTest {

  @ParameterizedTest
  @CsvSource({
    "hf:owner/name, owner/name, main",
    "hf:bert-base-uncased, bert-base-uncased, main",
    "hf:o/n@v1.0, o/n, v1.0",
    "hf:o/n_2.x@refs/pr/1, o/n_2.x, refs/pr/1",
    "hf:o/n@0123456789abcdef0123456789abcdef01234567, o/n, 0123456789abcdef0123456789abcdef01234567"
  })
  void readsRepositoryAndRevision(String text, String repository, String revision) {
    HubReference reference = HubReference.parse(text);
    assertThat(reference).isEqualTo(new HubReference(Kind.MODEL, repository, revision));
    assertThat(reference).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "hf:datasets/owner/name, owner/name, main",
    "hf:datasets/name@v1, name, v1",
    "hf:datasets/o/n@refs/convert/parquet, o/n, refs/convert/parquet"
  })
  void readsDataSets(String text, String repository, String revision) {
    HubReference reference = HubReference.parse(text);
    assertThat(reference).isEqualTo(new HubReference(Kind.DATASET, repository, revision));
    assertThat(reference).hasToString(text);
    assertThat(reference.require(Kind.DATASET)).isSameAs(reference);
    assertThatThrownBy(() -> reference.require(Kind.MODEL))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(text, "data set", "model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "owner/name",
        "hf:",
        "hf:/name",
        "hf:owner/",
        "hf:a/b/c",
        "hf:..",
        "hf:../name",
        "hf:owner/..",
        "hf:owner/a..b",
        "hf:owner/a--b",
        "hf:-owner/name",
        "hf:owner/.name",
        "hf:owner/na me",
        "hf: owner/name",
        "hf:owner\\name",
        "hf:owner/name@",
        "hf:owner/name@../main",
        "hf:owner/name@a/../b",
        "hf:owner/name@/main",
        "hf:owner/name@ma in",
        "hf:owner/name@a@b",
        "hf:owner/name?x=1",
        "hf:datasets/",
        "hf:datasets/a/b/c",
        "hf:datasets/../b",
        "hf:https://huggingface.co/owner/name"
      })
  void refusesTheRestInALine(String text) {
    assertThatThrownBy(() -> HubReference.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("not a repository of the Hub", "hf:owner/name", "hf:datasets/")
        .hasMessageContaining(text);
  }

  @Test
  void saysWhatTheUserWrote() {
    assertThatThrownBy(() -> HubReference.parse("hf:a/b/c"))
        .hasMessageStartingWith("\"hf:a/b/c\" is not");
    assertThatThrownBy(() -> HubReference.parse("hf:a/b@x y"))
        .hasMessageStartingWith("\"hf:a/b@x y\" is not");
  }

  @Test
  void knowsCommits() {
    HubReference main = HubReference.parse("hf:owner/name");
    assertThat(main.isCommit()).isFalse();
    assertThat(main.at(FakeHub.COMMIT).isCommit()).isTrue();
    assertThat(HubReference.isReference("models/clip")).isFalse();
  }
}
