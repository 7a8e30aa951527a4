package org.visionfashion.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.SessionLog.SessionStatus;
import org.tensorflow.proto.Summary;

/**
 * The same as {@link RunLog} for TensorBoard: {@code tensorboard --logdir checkpoints}. A run that
 * goes on begins a file of its own, which tells TensorBoard from which step on to forget the
 * others.
 */
final class EventLog implements Observer, AutoCloseable {

  private final RecordFile file;

  /** Begins an event file in a stage's folder, behind a position. */
  static EventLog open(Path folder, Position from) throws IOException {
    EventLog log = new EventLog(new RecordFile(free(folder)));
    log.write(Event.newBuilder().setFileVersion("brain.Event:2"));
    SessionLog start = SessionLog.newBuilder().setStatus(SessionStatus.START).build();
    log.write(Event.newBuilder().setSessionLog(start).setStep(from.step() + 1));
    return log;
  }

  private EventLog(RecordFile file) {
    this.file = file;
  }

  /** TensorBoard reads the files of a folder in the order of their names. */
  private static Path free(Path folder) throws IOException {
    Files.createDirectories(folder);
    long second = Instant.now().getEpochSecond();
    Path file = file(folder, second);
    while (Files.exists(file)) {
      second++;
      file = file(folder, second);
    }
    return file;
  }

  private static Path file(Path folder, long second) {
    return folder.resolve("events.out.tfevents.%010d.visionfashion".formatted(second));
  }

  @Override
  public void step(StepReport report) {
    Map<String, Double> scalars = new TreeMap<>();
    scalars.put("train/loss", report.loss());
    scalars.put("train/lr", report.rate());
    scalars.put("train/grad_norm", report.gradientNorm());
    scalars.put("time/pairs_per_s", report.examples() / report.seconds());
    scalars.put("time/data_wait", report.waited() / report.seconds());
    write(report.step(), scalars);
  }

  @Override
  public void epoch(EpochReport report) {
    Map<String, Double> scalars = new TreeMap<>();
    scalars.put("validation/loss", report.validation().loss());
    scalars.put("validation/score", report.validation().score());
    report.validation().values().forEach((name, value) -> scalars.put("validation/" + name, value));
    write(report.step(), scalars);
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
      file.write(event.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the event file: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
