package org.visionfashion.data.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns word pieces: words start as characters, and the most frequent pair of neighbours becomes
 * one piece, again and again (Sennrich et al. 2016). Hugging Face's WordPiece trainer works by
 * frequency too. Equal counts are decided by the alphabet.
 */
final class WordPieceTrainer {

  /** A pair that occurs once teaches nothing. */
  private static final int MIN_COUNT = 2;

  private final List<Word> words = new ArrayList<>();
  private final Map<Pair, Long> counts = new HashMap<>();
  private final Map<Pair, Set<Integer>> wordsOfPair = new HashMap<>();
  // Entries grow stale when counts change; take() skips those.
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  /**
   * @param wordCounts words with how often they occur
   */
  WordPieceTrainer(Map<String, Integer> wordCounts) {
    wordCounts.forEach((word, count) -> words.add(new Word(characters(word), count)));
    for (int index = 0; index < words.size(); index++) {
      count(index, 1);
    }
    counts.keySet().forEach(this::offer);
  }

  /**
   * The characters as they begin and as they continue a word, in alphabetical order.
   *
   * @param limit where there are more, the most frequent ones
   */
  static List<String> alphabet(Map<String, Integer> wordCounts, int limit) {
    Map<String, Long> counts = new TreeMap<>();
    wordCounts.forEach(
        (word, count) ->
            characters(word).forEach(piece -> counts.merge(piece, (long) count, Long::sum)));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(limit)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Merges pairs and adds the pieces until the vocabulary is full or no pair occurs twice. */
  void mergeInto(Set<String> vocabulary, int maxSize) {
    while (vocabulary.size() < maxSize) {
      Pair best = take();
      if (best == null) {
        return;
      }
      vocabulary.add(best.merged());
      merge(best);
    }
  }

  /** The most frequent pair; null where none occurs twice. */
  private Pair take() {
    while (!queue.isEmpty()) {
      Candidate candidate = queue.poll();
      if (candidate.count() == counts.getOrDefault(candidate.pair(), 0L)) {
        return candidate.pair();
      }
    }
    return null;
  }

  private void merge(Pair pair) {
    Set<Pair> changed = new TreeSet<>();
    for (int index : List.copyOf(wordsOfPair.get(pair))) {
      changed.addAll(words.get(index).pairs());
      count(index, -1);
      words.get(index).merge(pair);
      count(index, 1);
      changed.addAll(words.get(index).pairs());
    }
    changed.forEach(this::offer);
  }

  private void offer(Pair pair) {
    long count = counts.getOrDefault(pair, 0L);
    if (count >= MIN_COUNT) {
      queue.add(new Candidate(pair, count));
    }
  }

  /** Adds a word's pairs to the counts, or takes them out. */
  private void count(int index, int sign) {
    Word word = words.get(index);
    for (Pair pair : word.pairs()) {
      counts.merge(pair, (long) sign * word.count, Long::sum);
      Set<Integer> owners = wordsOfPair.computeIfAbsent(pair, each -> new TreeSet<>());
      if (sign > 0) {
        owners.add(index);
      } else {
        owners.remove(index);
      }
    }
  }

  private static List<String> characters(String word) {
    List<String> pieces = new ArrayList<>();
    word.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            character ->
                pieces.add(
                    pieces.isEmpty() ? character : WordPieceVocabulary.CONTINUED + character));
    return pieces;
  }

  /** A word as the pieces it consists of by now. */
  private static final class Word {

    private final List<String> pieces;
    private final int count;

    Word(List<String> pieces, int count) {
      this.pieces = pieces;
      this.count = count;
    }

    List<Pair> pairs() {
      List<Pair> pairs = new ArrayList<>();
      for (int i = 1; i < pieces.size(); i++) {
        pairs.add(new Pair(pieces.get(i - 1), pieces.get(i)));
      }
      return pairs;
    }

    void merge(Pair pair) {
      for (int i = 1; i < pieces.size(); i++) {
        if (pieces.get(i - 1).equals(pair.left()) && pieces.get(i).equals(pair.right())) {
          pieces.set(i - 1, pair.merged());
          pieces.remove(i);
        }
      }
    }
  }

  private record Pair(String left, String right) implements Comparable<Pair> {

    String merged() {
      return left + right.substring(WordPieceVocabulary.CONTINUED.length());
    }

    @Override
    public int compareTo(Pair other) {
      int order = left.compareTo(other.left);
      return order != 0 ? order : right.compareTo(other.right);
    }
  }

  /** Most frequent first, then in alphabetical order. */
  private record Candidate(Pair pair, long count) implements Comparable<Candidate> {

    @Override
    public int compareTo(Candidate other) {
      int order = Long.compare(other.count, count);
      return order != 0 ? order : pair.compareTo(other.pair);
    }
  }
}
