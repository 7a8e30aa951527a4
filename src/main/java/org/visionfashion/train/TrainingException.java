package org.visionfashion.train;

/** A run that cannot go on; the message is one line for the user. */
public class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }
}
