package org.visionfashion.data;

import org.visionfashion.config.OneLine;

/** A data set that cannot be used at all; the message is one line for the user. */
public class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(OneLine.of(message));
  }

  public DataException(String message, Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
