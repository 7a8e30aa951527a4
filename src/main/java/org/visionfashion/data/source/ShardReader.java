package org.visionfashion.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.base.UserError;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.FilePicture;
import org.visionfashion.data.Problem;
import org.visionfashion.data.tar.TarArchive;
import org.visionfashion.data.tar.TarMember;
import org.visionfashion.data.tar.TarReader;

/** Reads a shard: its members grouped as samples, and their texts as long as it is open. */
final class ShardReader implements Closeable {

  private static final String LIMIT = "data.limits.text_bytes";

  private final Sample.Grouping samples = new Sample.Grouping();
  private final TarReader archive;

  /**
   * Opens a shard and goes over its members.
   *
   * @param base the folder that names in folders begin at, and that no link may lead out of
   * @param problems takes what is wrong besides the members
   * @throws UserError where it cannot be read, is no tar archive, or a compressed one
   */
  ShardReader(Shard shard, Path base, LimitsConfig limits, Consumer<Problem> problems) {
    try {
      if (shard.isFolder()) {
        archive = null;
        addFiles(shard.path(), base, new Enclosure(base, limits));
      } else {
        archive = new TarReader(shard.path(), problems);
        addMembers(shard.path());
      }
    } catch (IOException e) {
      throw new UserError(shard.path() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The samples. */
  Sample.Grouping samples() {
    return samples;
  }

  @Override
  public void close() {
    try {
      if (archive != null) {
        archive.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addMembers(Path file) throws IOException {
    TarArchive container = new TarArchive(file);
    try {
      for (TarMember member = archive.next(); member != null; member = archive.next()) {
        TarMember own = member;
        samples.add(
            Member.of(
                member.name(),
                member.fault(),
                container.picture(member),
                limits -> archive.read(own, limits.textBytes(), LIMIT)));
      }
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private void addFiles(Path folder, Path base, Enclosure enclosure) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      if (!Files.isDirectory(file)) {
        Optional<Problem> outside = enclosure.problem(file, file, 0);
        samples.add(
            Member.of(
                base.relativize(file).toString().replace('\\', '/'),
                outside.map(Problem::message).orElse(""),
                new FilePicture(file),
                limits -> BoundedFile.read(file, limits.textBytes(), LIMIT)));
      }
    }
  }
}
