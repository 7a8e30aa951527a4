package org.visionfashion.weights;

/** A weight file that cannot be used; the message is one line for the user. */
public class WeightsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WeightsException(String message) {
    super(message);
  }

  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
