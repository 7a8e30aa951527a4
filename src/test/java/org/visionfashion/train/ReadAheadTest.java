package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.visionfashion.base.UserError;

class ReadAheadTest {

  private final ReadAhead readAhead = new ReadAhead();

  @AfterEach
  void close() {
    readAhead.close();
  }

  @Test
  void theSequenceIsTheSame() {
    Iterator<Integer> ahead = readAhead.of(List.of(1, 2, 3).iterator());
    assertThat(ahead).toIterable().containsExactly(1, 2, 3);
    assertThat(ahead.hasNext()).isFalse();
    assertThatThrownBy(ahead::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void theNextIsMadeBeforeItIsAskedFor() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(2);
    Iterator<Integer> ahead =
        readAhead.of(Stream.of(1, 2, 3).peek(made -> second.countDown()).iterator());
    assertThat(ahead.next()).isEqualTo(1);
    assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFailureComesInItsTurnAndAsItself() {
    UserError broken = new UserError("broken");
    Iterator<Integer> ahead =
        readAhead.of(
            Stream.of(1, 2, 3)
                .map(
                    number -> {
                      if (number == 2) {
                        throw broken;
                      }
                      return number;
                    })
                .iterator());
    assertThat(ahead.next()).isEqualTo(1);
    assertThatThrownBy(ahead::hasNext).isSameAs(broken);
    assertThatThrownBy(ahead::next).isSameAs(broken);
  }

  @Test
  void anotherSequenceMayBeTakenInTheMiddleOfOne() {
    Iterator<Integer> left = readAhead.of(Stream.iterate(0, i -> i + 1).iterator());
    assertThat(left.next()).isZero();
    assertThat(readAhead.of(List.of(7).iterator())).toIterable().containsExactly(7);
  }
}
