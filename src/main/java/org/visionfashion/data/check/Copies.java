package org.visionfashion.data.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;
import org.visionfashion.data.Progress;
import org.visionfashion.data.Split;

/**
 * Which pictures are copies of others, byte for byte or as far as can be seen.
 *
 * <p>Within a split, copies form groups in which each resembles each other (complete link): that A
 * resembles B and B resembles C does not make C a copy of A. Every member but the first names the
 * first. Between splits, each picture names one copy: of a test or validation picture, one in train
 * where there is one.
 */
final class Copies {

  static final int NONE = -1;

  private final List<Example> examples;
  private final PictureFacts facts;
  private final int[] equalWithin;
  private final int[] similarWithin;
  private final int[] equalAcross;
  private final int[] similarAcross;

  private Copies(List<Example> examples, PictureFacts facts) {
    this.examples = examples;
    this.facts = facts;
    equalWithin = none();
    similarWithin = none();
    equalAcross = none();
    similarAcross = none();
  }

  private int[] none() {
    int[] none = new int[facts.count()];
    Arrays.fill(none, NONE);
    return none;
  }

  /** Compares all pictures. The same for any number of threads. */
  static Copies of(List<Example> examples, PictureFacts facts, int threads, Progress progress) {
    Copies copies = new Copies(examples, facts);
    copies.findEqual(threads);
    copies.findSimilar(progress);
    return copies;
  }

  /**
   * The first picture of the same split with the same bytes, {@code -1} where this is the first.
   */
  int equalWithin(int place) {
    return equalWithin[place];
  }

  /** The first picture of its group of the same split; {@code -1} where this is the first. */
  int similarWithin(int place) {
    return similarWithin[place];
  }

  /** A picture of another split with the same bytes, {@code -1} = none. */
  int equalAcross(int place) {
    return equalAcross[place];
  }

  /** A picture of another split that looks the same, {@code -1} = none. */
  int similarAcross(int place) {
    return equalAcross[place] == NONE ? similarAcross[first(place)] : NONE;
  }

  /** A copy in another split of either kind, {@code -1} = none. */
  int across(int place) {
    return equalAcross[place] == NONE ? similarAcross(place) : equalAcross[place];
  }

  /** Only the first of equal pictures was compared. */
  private int first(int place) {
    return equalWithin[place] == NONE ? place : equalWithin[place];
  }

  private void findEqual(int threads) {
    ContentTable table = new ContentTable(facts);
    for (int i = 0; i < facts.count(); i++) {
      if (facts.isReadable(i)) {
        int first = table.firstOrPut(i);
        equalWithin[i] = first == i ? NONE : first;
      }
    }
    for (int i = 0; i < facts.count(); i++) {
      if (facts.isReadable(i)) {
        for (Split other : partners(split(i))) {
          equalAcross[i] = equalAcross[i] == NONE ? table.first(i, other) : equalAcross[i];
        }
      }
    }
    ParallelPass.run(
        facts.count(),
        threads,
        Progress.NONE,
        i -> {
          equalWithin[i] = verified(i, equalWithin[i]);
          equalAcross[i] = verified(i, equalAcross[i]);
        });
  }

  private int verified(int place, int other) {
    return other != NONE
            && facts.haveEqualBytes(examples.get(place).picture(), examples.get(other).picture())
        ? other
        : NONE;
  }

  /** Where copies of a picture are looked for, the worse place first. */
  private static List<Split> partners(Split split) {
    return switch (split) {
      case TRAIN -> List.of(Split.TEST, Split.VALIDATION);
      case VALIDATION -> List.of(Split.TRAIN, Split.TEST);
      case TEST -> List.of(Split.TRAIN, Split.VALIDATION);
    };
  }

  private void findSimilar(Progress progress) {
    int[] members =
        IntStream.range(0, facts.count())
            .filter(i -> facts.isReadable(i) && equalWithin[i] == NONE)
            .toArray();
    HashIndex index = new HashIndex(facts.looks(), members);
    int[] sizes = new int[facts.count()];
    for (int k = 0; k < members.length; k++) {
      join(members[k], index, sizes);
      progress.update(k + 1, members.length);
    }
  }

  /** Adds a picture to a group, all of which it resembles, or begins one. */
  private void join(int place, HashIndex index, int[] sizes) {
    byte[] thumbnail = facts.thumbnail(place);
    Map<Integer, Integer> resembled = new HashMap<>();
    index.near(
        facts.looks()[place],
        place,
        other -> {
          if (Signature.resemble(thumbnail, facts.thumbnail(other))) {
            if (split(other) == split(place)) {
              resembled.merge(leader(other), 1, Integer::sum);
            } else {
              meet(place, other);
              meet(other, place);
            }
          }
        });
    similarWithin[place] =
        resembled.entrySet().stream()
            .filter(group -> group.getValue() == sizes[group.getKey()])
            .mapToInt(Map.Entry::getKey)
            .min()
            .orElse(NONE);
    sizes[leader(place)]++;
  }

  private int leader(int place) {
    return similarWithin[place] == NONE ? place : similarWithin[place];
  }

  /** Keeps the copy in the worse split, of several the first. */
  private void meet(int place, int other) {
    int known = similarAcross[place];
    List<Split> order = partners(split(place));
    int better = known == NONE ? 1 : order.indexOf(split(known)) - order.indexOf(split(other));
    if (better > 0 || (better == 0 && other < known)) {
      similarAcross[place] = other;
    }
  }

  private Split split(int place) {
    return facts.split(place);
  }
}
