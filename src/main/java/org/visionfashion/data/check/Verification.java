package org.visionfashion.data.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.visionfashion.config.LimitsConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Examples;
import org.visionfashion.data.Problem;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;

/** A data set of which every picture was opened, measured and compared with the others. */
public final class Verification {

  private final Dataset dataset;
  private final PictureFacts facts;
  private final Copies copies;

  private Verification(Dataset dataset, PictureFacts facts, Copies copies) {
    this.dataset = dataset;
    this.facts = facts;
    this.copies = copies;
  }

  /**
   * Opens every picture once, in some 80 bytes of heap each. The same for any number of threads.
   *
   * @param threads that decode
   * @param progress told the name of each piece of work, then how far it is
   * @throws org.visionfashion.base.UserError where the calling thread was interrupted
   */
  public static Verification of(
      Dataset dataset, LimitsConfig limits, int threads, Function<String, Progress> progress) {
    Examples examples = dataset.examples();
    try (PictureFacts facts =
        PictureFacts.measure(examples, limits, threads, progress.apply("opening"))) {
      Copies copies = Copies.of(examples, facts, threads, progress.apply("comparing"));
      return new Verification(dataset, facts, copies);
    }
  }

  /**
   * What was found.
   *
   * @param maxTokens that captions are cut to, special tokens included
   */
  public VerificationReport report(int maxTokens) {
    List<Finding> findings = new ArrayList<>(faults());
    findings.addAll(new PictureChecks(dataset.examples(), facts, copies).findings());
    findings.addAll(new CaptionChecks(dataset.examples(), maxTokens).findings());
    findings.addAll(new CaptionRepetition(dataset).findings());
    findings.addAll(new LabelChecks(dataset).findings());
    return new VerificationReport(
        dataset.name(),
        facts.count(),
        findings.stream()
            .filter(finding -> !finding.cases().isEmpty())
            .sorted(Comparator.comparing(Finding::severity))
            .toList(),
        List.of(leak(Split.VALIDATION), leak(Split.TEST)));
  }

  /** What the reader reports, by kind, and the pictures that cannot be read. */
  private List<Finding> faults() {
    Map<Problem.Kind, List<String>> cases = new EnumMap<>(Problem.Kind.class);
    for (Problem problem : dataset.problems()) {
      cases.computeIfAbsent(problem.kind(), kind -> new ArrayList<>()).add(shortened(problem));
    }
    facts
        .unreadable()
        .forEach(
            (place, reason) ->
                cases
                    .computeIfAbsent(Problem.Kind.UNREADABLE_IMAGE, kind -> new ArrayList<>())
                    .add(dataset.examples().id(place) + ": " + reason));
    return cases.entrySet().stream()
        .map(each -> Finding.of(each.getKey(), each.getValue()))
        .toList();
  }

  /** Paths from the data set's folder, as the ids are. */
  private String shortened(Problem problem) {
    String folder = dataset.folder() + dataset.folder().getFileSystem().getSeparator();
    return problem.toString().replace(folder, "");
  }

  private VerificationReport.Leak leak(Split split) {
    int[] own = IntStream.range(0, facts.count()).filter(i -> facts.split(i) == split).toArray();
    long copied =
        IntStream.of(own)
            .map(copies::across)
            .filter(copy -> copy != Copies.NONE && facts.split(copy) == Split.TRAIN)
            .count();
    return new VerificationReport.Leak(split, own.length, (int) copied);
  }

  Dataset dataset() {
    return dataset;
  }

  /** Why a picture cannot be read; null where it can. */
  String unreadable(int place) {
    return facts.unreadable().get(place);
  }

  /**
   * The picture of which this one is a copy that training is better without: one of another split,
   * else an earlier one in train. Empty for pictures of other splits.
   */
  OptionalInt original(int place) {
    if (facts.split(place) != Split.TRAIN) {
      return OptionalInt.empty();
    }
    return IntStream.of(
            copies.across(place), copies.equalWithin(place), copies.similarWithin(place))
        .filter(copy -> copy != Copies.NONE)
        .findFirst();
  }
}
