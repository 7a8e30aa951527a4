package org.visionfashion.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;

class PageCacheTest {

  private static final PictureColumn COLUMN = new PictureColumn(Path.of("a.parquet"), "image");

  private final PageCache cache = new PageCache(100);
  private final List<Integer> loaded = new ArrayList<>();

  private void get(int page, long memory) throws IOException {
    cache.get(
        new PageCache.Key(COLUMN, 0, page),
        () -> {
          loaded.add(page);
          return new Page(new Binary[0], memory);
        });
  }

  @Test
  void keepsThePagesUsedLastWithinItsBytes() throws IOException {
    get(1, 40);
    get(2, 40);
    get(1, 40);
    assertThat(loaded).containsExactly(1, 2);
    get(3, 40);
    assertThat(cache.held()).isEqualTo(80);
    get(1, 40);
    get(2, 40);
    assertThat(loaded).containsExactly(1, 2, 3, 2);
  }

  @Test
  void aPageThatIsTooLargeIsNotKept() throws IOException {
    get(1, 101);
    assertThat(cache.held()).isZero();
    get(1, 101);
    assertThat(loaded).containsExactly(1, 1);
  }

  @Test
  void aPageThatCannotBeReadIsTriedAgain() throws IOException {
    PageCache.Key key = new PageCache.Key(COLUMN, 0, 1);
    assertThatThrownBy(
            () ->
                cache.get(
                    key,
                    () -> {
                      throw new IOException("damaged");
                    }))
        .hasMessage("damaged");
    get(1, 10);
    assertThat(cache.held()).isEqualTo(10);
  }
}
