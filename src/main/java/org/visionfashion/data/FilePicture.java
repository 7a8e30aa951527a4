package org.visionfashion.data;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.config.LimitsConfig;

/** A picture in a file of its own. */
public record FilePicture(Path file) implements Picture {

  @Override
  public String member() {
    return "";
  }

  @Override
  public byte[] read(LimitsConfig limits) throws IOException {
    try {
      return BoundedFile.read(file, limits.imageBytes(), "data.limits.image_bytes");
    } catch (NoSuchFileException e) {
      throw new IOException("no such image: " + file, e);
    } catch (IOException e) {
      throw new IOException("cannot read image (%s): %s".formatted(e.getMessage(), file), e);
    }
  }
}
