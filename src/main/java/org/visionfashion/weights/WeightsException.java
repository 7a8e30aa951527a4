package org.visionfashion.weights;

/** A weight file that cannot be used; the message is one line for the user. */
public class WeightsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WeightsException(String message) {
    super(line(message));
  }

  public WeightsException(String message, Throwable cause) {
    super(line(message), cause);
  }

  /** What a file says of itself, a tensor's name for one, may hold line breaks. */
  private static String line(String message) {
    return message.replaceAll("\\p{Cntrl}+", " ");
  }
}
