package org.visionfashion.data.source;

import org.visionfashion.data.Dataset;

/** Reads one kind of data set. */
public interface DataSource {

  /**
   * Reads labels, captions and splits; opens no picture.
   *
   * @throws org.visionfashion.base.UserError where there is nothing to read
   */
  Dataset load();
}
