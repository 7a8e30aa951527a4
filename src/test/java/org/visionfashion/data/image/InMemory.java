package org.visionfashion.data.image;

import java.nio.file.Path;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Picture;

/** A picture that lies nowhere. */
record InMemory(byte[] bytes) implements Picture {

  @Override
  public Path file() {
    return Path.of("memory");
  }

  @Override
  public String member() {
    return "";
  }

  @Override
  public byte[] read(LimitsConfig limits) {
    return bytes;
  }
}
