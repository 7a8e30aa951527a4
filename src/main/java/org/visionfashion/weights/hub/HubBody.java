package org.visionfashion.weights.hub;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a file.
 *
 * @param from the place of its first byte in the file
 */
record HubBody(InputStream stream, long from) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
