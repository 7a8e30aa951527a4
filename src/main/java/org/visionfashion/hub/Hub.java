package org.visionfashion.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.visionfashion.base.UserError;
import org.visionfashion.hub.RepositoryCache.CachedFile;

/**
 * Files of models and data sets on the Hub, fetched once. They lie in the cache of the Hub's other
 * libraries, and files that those have fetched are found. Without a network a cached file is used
 * as it is.
 *
 * <p>Every method throws a UserError of one line when it cannot answer. Threads and processes may
 * ask for the same file at once.
 */
public final class Hub {

  private final HubSettings settings;
  private final HubProgress progress;
  private final HubClient client;

  public Hub(HubSettings settings, HubProgress progress) {
    this(settings, progress, Patience.USUAL);
  }

  Hub(HubSettings settings, HubProgress progress, Patience patience) {
    this.settings = settings;
    this.progress = progress;
    this.client = new HubClient(settings, patience);
  }

  /**
   * A file that the model must have.
   *
   * @param name its path in the repository, with slashes
   */
  public Path file(HubReference reference, String name) {
    return fileIfThere(reference, name)
        .orElseThrow(() -> new UserError(reference + " has no file " + name + where()));
  }

  /** A file, or nothing where the repository is known not to have it. */
  public Optional<Path> fileIfThere(HubReference reference, String name) {
    return find(reference, name).map(CachedFile::path);
  }

  /** A file, or nothing where there is none; offline, where the cache has none. */
  public Optional<Path> fileAtHand(HubReference reference, String name) {
    return atHand(reference, name).map(CachedFile::path);
  }

  /**
   * The folder with those of the wanted files that the model has, all of one commit. Offline these
   * are the ones in the cache, since nobody can say whether there are more.
   *
   * @throws UserError also where there are none
   */
  public Path snapshot(HubReference reference, List<String> wanted) {
    List<CachedFile> found = new ArrayList<>();
    for (String name : wanted) {
      HubReference pinned = found.isEmpty() ? reference : reference.at(found.get(0).commit());
      atHand(pinned, name).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      throw new UserError(reference + " has none of " + String.join(", ", wanted) + where());
    }
    return cache(reference).snapshot(found.get(0).commit());
  }

  /**
   * All files of a repository at the commit that its revision means now; without the Hub, at the
   * one that it meant last.
   *
   * @param complete whether the Hub has said so; otherwise these are the files at hand
   */
  record Listing(String commit, List<RemoteFile> files, boolean complete) {}

  /** The files of a repository, fetched or not. */
  Listing list(HubReference reference) {
    try {
      Optional<Listing> known = knownListing(reference);
      boolean settled = known.isPresent() && known.get().complete() && reference.isCommit();
      return settings.offline() || settled
          ? known.orElseThrow(() -> new UserError(reference + " is not in the cache" + offline()))
          : asked(reference, known);
    } catch (IOException e) {
      throw disk(e);
    } catch (UncheckedIOException e) {
      throw disk(e.getCause());
    }
  }

  private Listing asked(HubReference reference, Optional<Listing> known) throws IOException {
    Listing listing;
    try {
      Patience patience = known.isPresent() ? client.patience().once() : client.patience();
      listing = patience.run(() -> asked(reference), () -> 0);
    } catch (IOException e) {
      return known.orElseThrow(() -> unreachable(reference, "its files", e));
    }
    cache(reference).rememberTree(listing.commit(), listing.files());
    return listing;
  }

  private Listing asked(HubReference reference) throws IOException {
    String commit = reference.isCommit() ? reference.revision() : client.commit(reference);
    Optional<List<RemoteFile>> tree = cache(reference).tree(commit);
    return new Listing(
        commit, tree.isPresent() ? tree.get() : client.tree(reference, commit), true);
  }

  private Optional<Listing> knownListing(HubReference reference) throws IOException {
    RepositoryCache cache = cache(reference);
    Optional<String> commit = cache.commit();
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<RemoteFile>> tree = cache.tree(commit.get());
    List<RemoteFile> files = tree.isPresent() ? tree.get() : cache.filesOf(commit.get());
    return Optional.of(new Listing(commit.get(), files, tree.isPresent()))
        .filter(listing -> !listing.files().isEmpty());
  }

  /** Whether a file of a listing is at hand. */
  boolean isCached(HubReference reference, RemoteFile file) {
    return cached(reference.at(file.commit()), file.name()).isPresent();
  }

  /** A file of a listing; only its download reports progress. */
  Path fetch(HubReference reference, RemoteFile file, HubProgress reports) {
    requireInside(reference, file.name());
    if (settings.offline() && !isCached(reference, file)) {
      throw new UserError(reference + ": " + file.name() + " is not in the cache" + offline());
    }
    try {
      return fetched(reference, file, reports).path();
    } catch (IOException e) {
      throw disk(e);
    } catch (UncheckedIOException e) {
      throw disk(e.getCause());
    }
  }

  /** From now on the revision means this commit, whose files are at hand. */
  void settle(HubReference reference, String commit) {
    try {
      cache(reference).rememberRevision(commit);
    } catch (IOException e) {
      throw disk(e);
    }
  }

  /** What else there is of a repository; nothing where the Hub does not say. */
  List<String> revisions(HubReference reference) {
    try {
      return settings.offline() ? List.of() : client.revisions(reference);
    } catch (IOException | UserError e) {
      return List.of(); // only a remedy would name them
    }
  }

  /** A repository's page. */
  String page(HubReference reference) {
    return settings.endpoint() + "/" + reference.page();
  }

  /** Bytes that may still be written to the cache; where nobody can say, very many. */
  long space() {
    Path folder = settings.cache().toAbsolutePath();
    while (Files.notExists(folder)) {
      folder = folder.getParent();
    }
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private Optional<CachedFile> atHand(HubReference reference, String name) {
    return settings.offline() ? cached(reference, name) : find(reference, name);
  }

  private Optional<CachedFile> find(HubReference reference, String name) {
    Optional<CachedFile> cached = cached(reference, name);
    boolean known = cached.isPresent() || cache(reference).isMissing(name);
    if (known && (settings.offline() || reference.isCommit())) {
      return cached;
    }
    if (settings.offline()) {
      throw new UserError(reference + ": " + name + " is not in the cache" + offline());
    }
    try {
      // With a file at hand there is no need to insist.
      Patience patience = known ? client.patience().once() : client.patience();
      HubAnswer answer = patience.run(() -> client.describe(reference, name), () -> 0);
      return kept(reference, name, answer);
    } catch (IOException e) {
      if (known) {
        return cached;
      }
      throw unreachable(reference, name, e);
    }
  }

  private Optional<CachedFile> cached(HubReference reference, String name) {
    requireInside(reference, name);
    try {
      return cache(reference).find(name);
    } catch (UncheckedIOException e) {
      throw disk(e.getCause());
    }
  }

  /** Brings the cache to what the Hub says. */
  private Optional<CachedFile> kept(HubReference reference, String name, HubAnswer answer) {
    RepositoryCache cache = cache(reference);
    try {
      if (!answer.isMissingFile()) {
        CachedFile file = fetched(reference, RemoteFile.of(name, answer), progress);
        cache.rememberRevision(file.commit());
        return Optional.of(file);
      }
      if (answer.commit().isPresent()) {
        cache.rememberMissing(answer.commit().get(), name);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw disk(e);
    } catch (UncheckedIOException e) {
      throw disk(e.getCause());
    }
  }

  private CachedFile fetched(HubReference reference, RemoteFile remote, HubProgress reports)
      throws IOException {
    RepositoryCache cache = cache(reference);
    Optional<CachedFile> there = cache(reference.at(remote.commit())).find(remote.name());
    return there.isPresent()
        ? there.get()
        : cache.locked(remote.etag(), () -> downloaded(cache, reference, remote, reports));
  }

  /** Another revision, or who held the lock before, may have brought the blob. */
  private CachedFile downloaded(
      RepositoryCache cache, HubReference reference, RemoteFile remote, HubProgress reports)
      throws IOException {
    Path blob = cache.blob(remote.etag());
    if (!Files.exists(blob)) {
      new BlobDownload(client, reports, reference, remote, blob).run();
    }
    return cache.link(remote);
  }

  private RepositoryCache cache(HubReference reference) {
    return new RepositoryCache(settings.cache(), reference);
  }

  /** A name with ".." would reach out of the cache. */
  private static void requireInside(HubReference reference, String name) {
    for (String part : name.split("/", -1)) {
      if (!part.matches("[^\\\\:\\p{Cntrl}]+") || part.matches("\\.{1,2}")) {
        throw new UserError(reference + ": \"" + name + "\" is not a valid file name");
      }
    }
  }

  private UserError unreachable(HubReference reference, String name, IOException cause) {
    return new UserError(
        "%s: cannot ask %s for %s (%s): check the network, or set HF_HUB_OFFLINE=1 to use only %s"
            .formatted(
                reference, settings.endpoint(), name, Patience.reason(cause), settings.cache()),
        cause);
  }

  private UserError disk(IOException cause) {
    return new UserError(
        "cannot use the cache %s (%s): free space or grant access there, or set HF_HOME to another folder"
            .formatted(
                settings.cache(), cause.getClass().getSimpleName() + ": " + cause.getMessage()),
        cause);
  }

  /** Who was asked, to end a message with. */
  public String where() {
    return settings.offline() ? " in the cache" + offline() : " at " + settings.endpoint();
  }

  private String offline() {
    return " " + settings.cache() + ", and HF_HUB_OFFLINE forbids to ask the Hub";
  }
}
