package org.visionfashion.data.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** WordPiece as its definition reads, slow: the oracle of the tests. */
final class NaiveWordPiece {

  private NaiveWordPiece() {}

  /** Ids of [CLS] text [SEP]: the longest piece that fits, from left to right. */
  static long[] encode(String text, List<String> vocabulary) {
    List<String> pieces = new ArrayList<>(List.of("[CLS]"));
    for (String word : BertWords.split(text)) {
      pieces.addAll(pieces(word, vocabulary));
    }
    pieces.add("[SEP]");
    return pieces.stream().mapToLong(vocabulary::indexOf).toArray();
  }

  private static List<String> pieces(String word, List<String> vocabulary) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (start < word.length()) {
      int end = word.length();
      while (end > start && !vocabulary.contains(piece(word, start, end))) {
        end--;
      }
      if (end == start) {
        return List.of("[UNK]");
      }
      pieces.add(piece(word, start, end));
      start = end;
    }
    return pieces;
  }

  private static String piece(String word, int start, int end) {
    return (start > 0 ? "##" : "") + word.substring(start, end);
  }

  /**
   * Vocabulary of ASCII words when whole words do not fit: counts all pairs anew for each merge.
   */
  static List<String> train(Map<String, Integer> wordCounts, int maxSize) {
    Map<List<String>, Integer> words = new HashMap<>();
    Set<String> vocabulary = new LinkedHashSet<>(WordPieceVocabulary.SPECIAL);
    Map<String, Integer> alphabet = new TreeMap<>();
    wordCounts.forEach(
        (word, count) -> {
          List<String> letters = new ArrayList<>();
          for (int i = 0; i < word.length(); i++) {
            letters.add(piece(word, i, i + 1));
          }
          letters.forEach(letter -> alphabet.merge(letter, count, Integer::sum));
          words.put(letters, count);
        });
    vocabulary.addAll(alphabet.keySet());
    while (vocabulary.size() < maxSize) {
      Map<String, Integer> pairs = new TreeMap<>(); // "left right", in alphabetical order
      words.forEach(
          (word, count) -> {
            for (int i = 1; i < word.size(); i++) {
              pairs.merge(word.get(i - 1) + " " + word.get(i), count, Integer::sum);
            }
          });
      String best = null;
      for (Map.Entry<String, Integer> pair : pairs.entrySet()) {
        if (pair.getValue() >= 2 && (best == null || pair.getValue() > pairs.get(best))) {
          best = pair.getKey();
        }
      }
      if (best == null) {
        break;
      }
      String[] sides = best.split(" ", -1);
      String merged = sides[0] + sides[1].substring(2);
      vocabulary.add(merged);
      Map<List<String>, Integer> next = new HashMap<>();
      words.forEach((word, count) -> next.put(merge(word, sides, merged), count));
      words.clear();
      words.putAll(next);
    }
    return List.copyOf(vocabulary);
  }

  private static List<String> merge(List<String> word, String[] sides, String merged) {
    List<String> result = new ArrayList<>();
    int i = 0;
    while (i < word.size()) {
      boolean match =
          i + 1 < word.size() && word.get(i).equals(sides[0]) && word.get(i + 1).equals(sides[1]);
      result.add(match ? merged : word.get(i));
      i += match ? 2 : 1;
    }
    return result;
  }
}
