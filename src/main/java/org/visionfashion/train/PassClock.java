package org.visionfashion.train;

import java.util.function.Supplier;

/** Tells the time of copying a batch to the device from that of the passes around it. */
final class PassClock {

  private long lapStart = System.nanoTime();
  private long placed;
  private long placedInLap;

  /** Counts what the work takes as copying. */
  <T> T placing(Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    placedInLap += System.nanoTime() - start;
    return result;
  }

  /** Seconds since the lap before, without those of copying. */
  double lap() {
    long now = System.nanoTime();
    long lap = now - lapStart - placedInLap;
    placed += placedInLap;
    placedInLap = 0;
    lapStart = now;
    return lap / 1e9;
  }

  /** Seconds of copying in all laps so far. */
  double placed() {
    return placed / 1e9;
  }
}
