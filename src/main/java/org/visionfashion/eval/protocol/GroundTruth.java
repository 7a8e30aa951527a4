package org.visionfashion.eval.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.visionfashion.base.Nearest;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ProtocolConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.eval.Part;
import org.visionfashion.eval.Prompts;
import org.visionfashion.metrics.Judgement;

/**
 * Queries and what answers them.
 *
 * @param queries texts without prefix
 * @param judgements one a query
 * @param notes what was chosen and left out, a sentence each
 */
record GroundTruth(List<String> queries, List<Judgement> judgements, List<String> notes) {

  /** Every distinct caption asks for all documents with exactly this caption. */
  static GroundTruth ofCaptions(
      List<Example> rows, Documents documents, Part part, ProtocolConfig protocol) {
    return ofColumn("caption", rows, documents, Example::captions, part, protocol);
  }

  /** The name of every category asks for its documents. */
  static GroundTruth ofCategories(
      List<Example> rows,
      Documents documents,
      LabelScheme scheme,
      Part part,
      ProtocolConfig protocol) {
    return ofColumn(
        "category",
        rows,
        documents,
        example ->
            example.category() == Example.UNKNOWN
                ? List.of()
                : List.of(scheme.categories().get(example.category())),
        part,
        protocol);
  }

  /** The name of every attribute, as zero-shot sentences have it, asks for its documents. */
  static GroundTruth ofAttributes(
      List<Example> rows,
      Documents documents,
      LabelScheme scheme,
      Part part,
      ProtocolConfig protocol) {
    List<String> names =
        scheme.groups().stream().flatMap(group -> Prompts.names(group).stream()).toList();
    return ofColumn(
        "attribute",
        rows,
        documents,
        example ->
            IntStream.range(0, names.size())
                .filter(a -> example.attributes()[a] == 1 && !names.get(a).isEmpty())
                .mapToObj(names::get)
                .toList(),
        part,
        protocol);
  }

  private static GroundTruth ofColumn(
      String column,
      List<Example> rows,
      Documents documents,
      Function<Example, List<String>> values,
      Part part,
      ProtocolConfig protocol) {
    Map<String, Set<Integer>> answers = new LinkedHashMap<>();
    Set<String> asked = new HashSet<>();
    int without = 0;
    for (int n = 0; n < rows.size(); n++) {
      Example row = rows.get(n);
      List<String> of = values.apply(row);
      without += of.isEmpty() ? 1 : 0;
      for (String value : of) {
        answers.computeIfAbsent(value, v -> new TreeSet<>()).add(documents.document_N()[n]);
        if (part.holds(row)) {
          asked.add(value);
        }
      }
    }
    List<String> all = answers.keySet().stream().filter(asked::contains).toList();
    if (all.isEmpty()) {
      throw new UserError(
          "no picture of %s has a %s to ask for; --split all lets every picture ask"
              .formatted(Part.words(part.label()), column));
    }
    List<String> queries = drawn(all, protocol);
    List<String> notes = new ArrayList<>();
    if (queries.size() < all.size()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d distinct queries were drawn (eval.protocol.most_queries).",
              queries.size(),
              all.size()));
    }
    if (without > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d pictures have no %s; they are searched and answer no query.",
              without,
              rows.size(),
              column));
    }
    return new GroundTruth(
        queries,
        queries.stream()
            .map(
                query -> {
                  int[] document_R =
                      answers.get(query).stream().mapToInt(Integer::intValue).toArray();
                  int[] gain_R = new int[document_R.length];
                  Arrays.fill(gain_R, 1);
                  return new Judgement(
                      document_R, gain_R, new int[0], excluded(query, documents, protocol));
                })
            .toList(),
        notes);
  }

  /** Some of them at random, in their order; the same for the same data and seed. */
  private static List<String> drawn(List<String> all, ProtocolConfig protocol) {
    int most = protocol.mostQueries();
    if (most == 0 || most >= all.size()) {
      return all;
    }
    List<Integer> indices = new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
    Collections.shuffle(indices, new Random(protocol.seed()));
    return indices.subList(0, most).stream().sorted().map(all::get).toList();
  }

  private static int excluded(String query, Documents documents, ProtocolConfig protocol) {
    return protocol.ignoreIdenticalIds() ? Math.max(-1, documents.number(query)) : -1;
  }

  /**
   * As two files say.
   *
   * @throws UserError where a judged query has no text, or no judged document is there
   */
  static GroundTruth ofQrels(
      Path qrelsFile, Path queriesFile, Documents documents, ProtocolConfig protocol)
      throws IOException {
    Qrels qrels = Qrels.read(qrelsFile);
    Map<String, String> texts = QueryFile.read(queriesFile);
    Collection<String> queries = qrels.gains().keySet();
    requireTexts(queries, texts, queriesFile);
    List<Judgement> judgements = new ArrayList<>();
    int judged = 0;
    int missing = 0;
    int unanswered = 0;
    String first = "";
    for (String query : queries) {
      Map<String, Integer> gains = qrels.gains().get(query);
      List<String> there =
          gains.keySet().stream()
              .filter(id -> documents.number(id) >= 0)
              .sorted(Comparator.comparing(documents::number))
              .toList();
      List<String> away = gains.keySet().stream().filter(id -> documents.number(id) < 0).toList();
      first = first.isEmpty() && !away.isEmpty() ? away.get(0) : first;
      judged += gains.size();
      missing += away.size();
      unanswered += gains.values().stream().noneMatch(gain -> gain > 0) ? 1 : 0;
      judgements.add(
          new Judgement(
              there.stream().mapToInt(documents::number).toArray(),
              there.stream().mapToInt(gains::get).toArray(),
              away.stream().mapToInt(gains::get).toArray(),
              excluded(query, documents, protocol)));
    }
    if (missing == judged) {
      throw new UserError(
          "%s: none of its documents is in the data: %s, where the data have %s%s"
              .formatted(
                  qrelsFile,
                  first,
                  documents.ids().get(documents.ids().size() - 1),
                  protocol.documents() == ProtocolConfig.Documents.EXAMPLE
                      ? "; if they are items, set eval.protocol.documents=item"
                      : "; if they are pictures, set eval.protocol.documents=example"));
    }
    List<String> notes = new ArrayList<>();
    note(notes, "Lines of the qrels that repeat an earlier one", qrels.repeated());
    note(notes, "Judged documents that are not in the data (" + first + ", ...)", missing);
    note(notes, "Queries without a relevant document, which count as 0", unanswered);
    note(notes, "Texts that no judgement is for, left out", texts.size() - queries.size());
    return new GroundTruth(queries.stream().map(texts::get).toList(), judgements, notes);
  }

  private static void note(List<String> notes, String what, int count) {
    if (count > 0) {
      notes.add(String.format(Locale.ROOT, "%s: %,d.", what, count));
    }
  }

  private static void requireTexts(
      Collection<String> queries, Map<String, String> texts, Path queriesFile) {
    List<String> without = queries.stream().filter(id -> !texts.containsKey(id)).toList();
    if (!without.isEmpty()) {
      throw new UserError(
          "%s: no text for %s of the qrels, first %s%s"
              .formatted(
                  queriesFile,
                  without.size() + " of " + queries.size() + " queries",
                  without.get(0),
                  Nearest.hint(without.get(0), texts.keySet())));
    }
  }
}
