package org.visionfashion.data.demo;

/** Told about finished pictures, one call at a time. */
@FunctionalInterface
public interface Progress {

  Progress NONE = (done, total) -> {};

  void update(int done, int total);
}
