package org.visionfashion.data;

/** Told about finished work, one call at a time. */
@FunctionalInterface
public interface Progress {

  Progress NONE = (done, total) -> {};

  void update(int done, int total);
}
