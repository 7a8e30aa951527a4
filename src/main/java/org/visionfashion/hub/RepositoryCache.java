package org.visionfashion.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.visionfashion.base.AtomicFiles;

/**
 * A repository's folder in the Hub's cache. {@code blobs} holds the contents by ETag, {@code refs}
 * the commit of each branch or tag, {@code snapshots} a folder per commit with links to the blobs,
 * {@code .no_exist} empty files for those that a commit lacks. Source: "Hub Local Cache" in the
 * Hub's documentation. {@code .tree}, which other libraries do not look at, lists the files that a
 * commit has, so that an incomplete snapshot is known as such without the Hub.
 */
final class RepositoryCache {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Locks of files keep processes apart, these the threads of this one. */
  private static final ConcurrentMap<Path, Object> THREADS = new ConcurrentHashMap<>();

  private final Path root;
  private final String folder;
  private final String revision;
  private final Linker linker;

  /** A file of the cache and the commit that it belongs to. */
  record CachedFile(String commit, Path path) {}

  /** Makes a link that leads to a target. */
  @FunctionalInterface
  interface Linker {
    void link(Path link, Path target) throws IOException;
  }

  /** What is done under a lock. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  RepositoryCache(Path root, HubReference reference) {
    this(root, reference, Files::createSymbolicLink);
  }

  RepositoryCache(Path root, HubReference reference, Linker linker) {
    this.root = root;
    this.folder = reference.folder();
    this.revision = reference.revision();
    this.linker = linker;
  }

  /** The file of the commit that the revision meant last. */
  Optional<CachedFile> find(String name) {
    return commit()
        .map(commit -> new CachedFile(commit, snapshot(commit).resolve(name)))
        .filter(file -> Files.isRegularFile(file.path()));
  }

  /** Whether the commit that the revision meant last is known to lack the file. */
  boolean isMissing(String name) {
    return commit().filter(commit -> Files.exists(marker(commit, name))).isPresent();
  }

  Path snapshot(String commit) {
    return home().resolve("snapshots").resolve(commit);
  }

  Path blob(String etag) {
    return home().resolve("blobs").resolve(etag);
  }

  /** Does what only one may do at a time for a blob. */
  <T> T locked(String etag, Work<T> work) throws IOException {
    Path lock = root.resolve(".locks").resolve(folder).resolve(etag + ".lock").toAbsolutePath();
    Files.createDirectories(lock.getParent());
    synchronized (THREADS.computeIfAbsent(lock, path -> new Object())) {
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        return work.run();
      }
    }
  }

  /** Gives a blob its name in the snapshot. */
  CachedFile link(RemoteFile remote) throws IOException {
    Path link = snapshot(remote.commit()).resolve(remote.name());
    if (!Files.exists(link)) {
      Files.createDirectories(link.getParent());
      Files.deleteIfExists(link);
      link(link, blob(remote.etag()));
    }
    return new CachedFile(remote.commit(), link);
  }

  /** Writes down what the revision means now; readers take the file as it is, so no line end. */
  void rememberRevision(String commit) throws IOException {
    if (commit().filter(commit::equals).isPresent()) {
      return;
    }
    Path ref = ref();
    Files.createDirectories(ref.getParent());
    Path beside = home().resolve("ref-" + UUID.randomUUID());
    Files.writeString(beside, commit);
    Files.move(beside, ref, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void rememberMissing(String commit, String name) throws IOException {
    Path marker = marker(commit, name);
    Files.createDirectories(marker.getParent());
    Files.write(marker, new byte[0]);
  }

  /** A relative link survives a move of the cache; where there are none, the file lies twice. */
  private void link(Path link, Path blob) throws IOException {
    try {
      linker.link(link, link.getParent().relativize(blob));
    } catch (IOException | UnsupportedOperationException e) {
      Path beside = link.resolveSibling(link.getFileName() + ".writing");
      Files.copy(blob, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The commit that the revision meant last. */
  Optional<String> commit() {
    if (HubReference.isCommit(revision)) {
      return Optional.of(revision);
    }
    try {
      return Optional.of(Files.readString(ref()).strip()).filter(HubReference::isCommit);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of a commit, where the Hub has listed them. */
  Optional<List<RemoteFile>> tree(String commit) throws IOException {
    Path file = treeFile(commit);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    List<RemoteFile> files = new ArrayList<>();
    for (JsonNode entry : JSON.readTree(file.toFile())) {
      RemoteFile.of(entry, commit).ifPresent(files::add);
    }
    return Optional.of(files);
  }

  void rememberTree(String commit, List<RemoteFile> files) throws IOException {
    ArrayNode tree = JSON.createArrayNode();
    files.forEach(
        file ->
            tree.addObject()
                .put("type", "file")
                .put("path", file.name())
                .put("size", file.size())
                .put("oid", file.etag()));
    AtomicFiles.write(treeFile(commit), tree.toString());
  }

  /** The files of a commit that are at hand. */
  List<RemoteFile> filesOf(String commit) throws IOException {
    Path snapshot = snapshot(commit);
    if (!Files.isDirectory(snapshot)) {
      return List.of();
    }
    List<RemoteFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(snapshot)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String name = snapshot.relativize(path).toString().replace(File.separatorChar, '/');
        String etag = path.toRealPath().getFileName().toString();
        files.add(new RemoteFile(name, commit, etag, Files.size(path)));
      }
    }
    return files;
  }

  private Path treeFile(String commit) {
    return home().resolve(".tree").resolve(commit + ".json");
  }

  private Path ref() {
    return home().resolve("refs").resolve(revision);
  }

  private Path marker(String commit, String name) {
    return home().resolve(".no_exist").resolve(commit).resolve(name);
  }

  private Path home() {
    return root.resolve(folder);
  }
}
