package org.visionfashion.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.BoundedFile;
import org.visionfashion.base.OneLine;
import org.visionfashion.base.UserError;
import org.visionfashion.config.DataRoot;
import org.visionfashion.config.DataRoot.Part;

/**
 * A data set on the Hub, as Parquet files: {@code hf:datasets/owner/name[@revision][#config]}.
 *
 * <p>The files are those of one commit, which is looked up once and logged. They are fetched into
 * the cache that Python's libraries share, each checked against the sum that the Hub lists. Files
 * for {@code train}, {@code validation} and {@code test} keep their splits; where the data set has
 * fewer than two of these, {@code data.split} decides.
 */
public final class HubDataset {

  private static final Logger LOG = LoggerFactory.getLogger(HubDataset.class);
  private static final String CARD = "README.md";
  private static final int MOST_CARD = 1 << 24;
  private static final String CONVERTED = "refs/convert/parquet";

  /** So many kinds of files are named where none is Parquet. */
  private static final int KINDS = 4;

  private final Hub hub;
  private final HubProgress progress;
  private final DataRoot root;
  private final String name;
  private final HubReference reference;
  private final Optional<String> config;

  /**
   * @param root what a user wrote
   * @param progress told of all files together
   * @throws UserError where it is no data set's name
   */
  public HubDataset(Hub hub, HubProgress progress, DataRoot root) {
    this.hub = hub;
    this.progress = progress;
    this.root = root;
    this.name = root.name();
    String[] parts = name.split("#", 2);
    this.reference = HubReference.parse(parts[0]).require(HubReference.Kind.DATASET);
    this.config = parts.length == 1 ? Optional.empty() : Optional.of(parts[1]);
  }

  /**
   * Brings the files into the cache.
   *
   * @return the same root with the places of the files
   * @throws UserError of one line: the Hub cannot be reached or refuses, there are no Parquet
   *     files, several configurations, too little space, a file that is not what the Hub listed
   */
  public DataRoot fetch() {
    Hub.Listing listing = hub.list(reference);
    if (!listing.complete()) {
      LOG.warn(
          "{}: the Hub has not listed the files of commit {}; reading those in the cache",
          name,
          listing.commit());
    }
    Map<String, RemoteFile> byName = new LinkedHashMap<>();
    listing.files().forEach(file -> byName.put(file.name(), file));
    Map<String, List<RemoteFile>> splits = new LinkedHashMap<>();
    files(byName)
        .forEach((split, files) -> splits.put(split, files.stream().map(byName::get).toList()));
    Map<String, List<RemoteFile>> used = used(splits);
    List<RemoteFile> wanted = used.values().stream().flatMap(List::stream).toList();
    LOG.info(
        "Data: {} at commit {}: {} Parquet files, {} MiB",
        name,
        listing.commit(),
        wanted.size(),
        mebibytes(wanted));
    download(wanted);
    hub.settle(reference, listing.commit());
    List<Part> parts = new ArrayList<>();
    used.forEach(
        (split, files) ->
            files.forEach(
                file -> parts.add(new Part(split, hub.fetch(reference, file, progress)))));
    return root.fetched(parts);
  }

  /** The names of the Parquet files by the data set's own names of splits. */
  private Map<String, List<String>> files(Map<String, RemoteFile> all) {
    DatasetFiles files = new DatasetFiles(name, List.copyOf(all.keySet()));
    if (files.isEmpty()) {
      throw new UserError(noParquet(all));
    }
    boolean converted = reference.revision().equals(CONVERTED);
    Map<String, List<String>> chosen = files.of(card(all), config, converted);
    boolean partial =
        chosen.values().stream().flatMap(List::stream).anyMatch(file -> file.contains("/partial-"));
    if (converted && partial) {
      LOG.warn(
          "{} holds only the first part of a large data set; the branch main may hold all of it",
          name);
    }
    return chosen;
  }

  private DatasetCard card(Map<String, RemoteFile> all) {
    if (!all.containsKey(CARD)) {
      return DatasetCard.NONE;
    }
    Path file = hub.fetch(reference, all.get(CARD), (card, done, total) -> {});
    try {
      byte[] bytes = BoundedFile.read(file, MOST_CARD, "a data set's card");
      Optional<DatasetCard> card = DatasetCard.read(new String(bytes, StandardCharsets.UTF_8));
      if (card.isEmpty()) {
        LOG.warn("{}: the head of its {} is not valid YAML; going by the files' names", name, CARD);
      }
      return card.orElse(DatasetCard.NONE);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Train, validation and test, if there are two of them; else all files, without splits. */
  private Map<String, List<RemoteFile>> used(Map<String, List<RemoteFile>> splits) {
    Map<String, List<RemoteFile>> known = new LinkedHashMap<>();
    for (String ours : DataRoot.SPLITS) {
      splits.forEach(
          (split, files) -> {
            if (DatasetFiles.canonical(split).equals(Optional.of(ours))) {
              known.computeIfAbsent(ours, key -> new ArrayList<>()).addAll(files);
            }
          });
    }
    if (known.size() < 2) {
      LOG.info(
          "Data: {} has {}; data.split decides what trains and what tests",
          name,
          splits.containsKey("")
              ? "no named splits"
              : "the splits " + OneLine.word(String.join(", ", splits.keySet())));
      return Map.of("", splits.values().stream().flatMap(List::stream).distinct().toList());
    }
    splits.forEach(
        (split, files) -> {
          if (DatasetFiles.canonical(split).isEmpty()) {
            LOG.info(
                "Not used: {} files of the split {} of {}",
                files.size(),
                OneLine.word(split),
                name);
          }
        });
    return known;
  }

  /** What is not there yet, under one bar. */
  private void download(List<RemoteFile> wanted) {
    List<RemoteFile> missing =
        wanted.stream().filter(file -> !hub.isCached(reference, file)).toList();
    long total = bytes(missing);
    if (total > hub.space()) {
      throw new UserError(
          "%s: %,d MiB are to be fetched, and there is space for %,d: free some, or set HF_HOME to a folder on another disk"
              .formatted(name, mebibytes(missing), hub.space() >> 20));
    }
    String task =
        "%s (%s)"
            .formatted(
                reference.repository(), missing.size() == 1 ? "1 file" : missing.size() + " files");
    long before = 0;
    for (RemoteFile file : missing) {
      long start = before;
      hub.fetch(reference, file, (each, done, size) -> progress.update(task, start + done, total));
      before += file.size();
    }
  }

  private String noParquet(Map<String, RemoteFile> all) {
    Map<String, Long> kinds =
        all.keySet().stream()
            .collect(Collectors.groupingBy(HubDataset::kind, Collectors.counting()));
    String there =
        kinds.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(KINDS)
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", "))
            .transform(OneLine::word);
    String remedy =
        hub.revisions(reference).contains(CONVERTED)
            ? "the Hub has converted it: %s@%s".formatted(reference.at("main"), CONVERTED)
            : "download it (%s) and name the files in data.root".formatted(hub.page(reference));
    return "%s has no Parquet files at %s but %s; %s"
        .formatted(name, reference.revision(), there.isEmpty() ? "nothing" : there, remedy);
  }

  private static String kind(String file) {
    String last = file.substring(file.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot < 1 ? last : last.substring(dot).toLowerCase(Locale.ROOT);
  }

  private static long bytes(List<RemoteFile> files) {
    return files.stream().mapToLong(RemoteFile::size).sum();
  }

  private static long mebibytes(List<RemoteFile> files) {
    return bytes(files) >> 20;
  }
}
