package org.visionfashion.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.SessionLog.SessionStatus;
import org.tensorflow.proto.Summary;

/**
 * The same as {@link RunLog} for TensorBoard: {@code tensorboard --logdir checkpoints}. A run that
 * is resumed begins a file of its own, which tells TensorBoard from which step on to forget the
 * others. Where events cannot be written, training continues without them.
 */
final class EventLog implements Observer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final Pattern NAME =
      Pattern.compile("events\\.out\\.tfevents\\.(\\d{1,18})\\.visionfashion");

  private final Path path;
  private final RecordFile file;
  private boolean failed;

  /** Begins an event file in a stage's folder, behind a position. */
  static EventLog open(Path folder, Progress from) throws IOException {
    EventLog log = new EventLog(free(folder));
    log.write(Event.newBuilder().setFileVersion("brain.Event:2"));
    SessionLog start = SessionLog.newBuilder().setStatus(SessionStatus.START).build();
    log.write(Event.newBuilder().setSessionLog(start).setStep(from.step() + 1));
    return log;
  }

  private EventLog(Path path) throws IOException {
    this.path = path;
    this.file = new RecordFile(path);
  }

  /**
   * TensorBoard reads the files of a folder in the order of their names, whatever the clock did.
   */
  private static Path free(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      long last =
          files
              .map(file -> NAME.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .mapToLong(name -> Long.parseLong(name.group(1)))
              .max()
              .orElse(0);
      return file(folder, Math.max(Instant.now().getEpochSecond(), last + 1));
    }
  }

  private static Path file(Path folder, long second) {
    return folder.resolve("events.out.tfevents.%010d.visionfashion".formatted(second));
  }

  @Override
  public void start(Place place, Validation validation) {
    write(place.step(), scalars(validation));
  }

  @Override
  public void step(Step step) {
    Map<String, Double> scalars = new TreeMap<>();
    scalars.put("train/loss", step.loss());
    scalars.put("train/lr", step.rate());
    scalars.put("train/grad_norm", step.gradientNorm());
    scalars.put("time/pairs_per_s", step.timing().rate());
    scalars.put("time/data_wait", step.timing().waitedShare());
    write(step.place().step(), scalars);
  }

  @Override
  public void epoch(Epoch epoch) {
    epoch.validation().ifPresent(validation -> write(epoch.place().step(), scalars(validation)));
  }

  private static Map<String, Double> scalars(Validation validation) {
    Map<String, Double> scalars = new TreeMap<>();
    scalars.put("validation/loss", validation.loss());
    scalars.put("validation/score", validation.score());
    validation.values().forEach((name, value) -> scalars.put("validation/" + name, value));
    return scalars;
  }

  private void write(long step, Map<String, Double> scalars) {
    Summary.Builder summary = Summary.newBuilder();
    scalars.forEach(
        (tag, value) -> summary.addValueBuilder().setTag(tag).setSimpleValue(value.floatValue()));
    write(Event.newBuilder().setStep(step).setSummary(summary));
  }

  private void write(Event.Builder event) {
    Instant now = Instant.now();
    event.setWallTime(now.getEpochSecond() + now.getNano() / 1e9);
    try {
      if (!failed) {
        file.write(event.build().toByteArray());
      }
    } catch (IOException e) {
      failed = true; // behind half a record nothing would be read
      LOG.warn("{} could not be updated: {}", path, e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } catch (IOException e) {
      if (!failed) {
        throw e;
      }
    }
  }
}
