package org.visionfashion.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.visionfashion.data.Examples;
import org.visionfashion.data.Split;

/** Suspicions about pictures and their copies. */
final class PictureChecks {

  /** Shorter side in pixels. */
  private static final int TINY = 32;

  /** Longer side to shorter side. */
  private static final int ODD = 4;

  /**
   * Contrast (standard deviation of luma in levels of 255). Of 341 photographs of clothing and 400
   * of the demo's pictures, the palest had 16.
   */
  private static final int BLANK = 4;

  /** Mean luma. The photographs lay between 60 and 199, the demo's between 120 and 215. */
  private static final int DARK = 25;

  private static final int BRIGHT = 245;

  /**
   * {@link PictureFact#sharpness}. The softest of the 341 photographs had 0.016; blurred with a
   * deviation of 1 % of the shorter side, 95 of 100 lie below 0.0063 and half below 0.0015.
   */
  private static final float BLURRED = 0.005f;

  /** Grey pictures are among coloured ones where they are fewer than this share. */
  private static final double FEW = 0.1;

  private final Examples examples;
  private final PictureFacts facts;
  private final Copies copies;

  PictureChecks(Examples examples, PictureFacts facts, Copies copies) {
    this.examples = examples;
    this.facts = facts;
    this.copies = copies;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(across(Check.EQUAL_ACROSS_SPLITS, copies::equalAcross));
    findings.add(across(Check.SIMILAR_ACROSS_SPLITS, copies::similarAcross));
    findings.add(within(Check.EQUAL_WITHIN_SPLIT, copies::equalWithin));
    findings.add(within(Check.SIMILAR_WITHIN_SPLIT, copies::similarWithin));
    findings.add(of(Check.TINY, i -> shorter(i) < TINY, this::size));
    findings.add(of(Check.ODD_SHAPE, i -> longer(i) > ODD * shorter(i), this::size));
    findings.add(of(Check.BLANK, this::isBlank, i -> "contrast " + facts.contrast(i)));
    findings.add(of(Check.DARK, i -> !isBlank(i) && facts.brightness(i) < DARK, this::brightness));
    findings.add(
        of(Check.BRIGHT, i -> !isBlank(i) && facts.brightness(i) > BRIGHT, this::brightness));
    findings.add(
        of(
            Check.BLURRED,
            i -> !isBlank(i) && shorter(i) >= TINY && facts.sharpness(i) < BLURRED,
            i -> String.format(Locale.ROOT, "sharpness %.4f", facts.sharpness(i))));
    findings.add(grey());
    return findings;
  }

  private Finding across(Check check, IntUnaryOperator copy) {
    int[] places =
        IntStream.range(0, facts.count()).filter(i -> isWorse(i, copy.applyAsInt(i))).toArray();
    return Finding.of(
        check,
        Finding.cases(
            places,
            i ->
                "%s: %s, %s: %s"
                    .formatted(
                        facts.split(i).label(),
                        examples.id(i),
                        facts.split(copy.applyAsInt(i)).label(),
                        examples.id(copy.applyAsInt(i)))));
  }

  /** Each pair is told once, by the picture whose score it spoils. */
  private boolean isWorse(int place, int copy) {
    return copy != Copies.NONE
        && (facts.split(place) == Split.TEST
            || (facts.split(place) == Split.VALIDATION && facts.split(copy) == Split.TRAIN));
  }

  private Finding within(Check check, IntUnaryOperator copy) {
    int[] places =
        IntStream.range(0, facts.count()).filter(i -> copy.applyAsInt(i) != Copies.NONE).toArray();
    return Finding.of(
        check,
        Finding.cases(
            places,
            i ->
                "%s: %s, %s"
                    .formatted(
                        facts.split(i).label(), examples.id(copy.applyAsInt(i)), examples.id(i))));
  }

  private Finding of(Check check, IntPredicate found, IntFunction<String> measure) {
    int[] places =
        IntStream.range(0, facts.count())
            .filter(i -> facts.isReadable(i) && found.test(i))
            .toArray();
    return Finding.of(check, Finding.cases(places, i -> examples.id(i) + ": " + measure.apply(i)));
  }

  private Finding grey() {
    int[] grey = IntStream.range(0, facts.count()).filter(facts::isGrey).toArray();
    int[] told = grey.length < FEW * facts.count() ? grey : new int[0];
    return Finding.of(Check.GREY, Finding.cases(told, examples::id));
  }

  private boolean isBlank(int place) {
    return facts.contrast(place) < BLANK;
  }

  private int shorter(int place) {
    return Math.min(facts.width(place), facts.height(place));
  }

  private int longer(int place) {
    return Math.max(facts.width(place), facts.height(place));
  }

  private String size(int place) {
    return facts.width(place) + " x " + facts.height(place) + " pixels";
  }

  private String brightness(int place) {
    return "brightness " + facts.brightness(place) + " of 255";
  }
}
