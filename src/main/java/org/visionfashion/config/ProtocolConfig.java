package org.visionfashion.config;

import java.util.List;

/** Retrieval judged by ground truth, as {@code eval --protocol} does it. */
public record ProtocolConfig(
    @Key(
            usual = "[text_to_image]",
            least = 1,
            rule =
                "be a list of text_to_image, category_to_product, attribute_to_product and qrels",
            help =
                "what asks: distinct captions, names of categories, names of attributes, or the"
                    + " queries of qrels")
        List<Task> tasks,
    @Key(
            usual = "[]",
            help =
                "models that are judged beside the run: hf:owner/name[@revision], folders or files")
        List<String> models,
    @Key(
            usual = "2000",
            in = "[0, 100000000]",
            help =
                "queries of a task, drawn at random by eval.protocol.seed where there are more;"
                    + " 0 = all")
        int mostQueries,
    @Key(usual = "0", help = "seed of the draw of the queries") long seed,
    @Key(usual = "", help = "what stands before every query, for example 'a photo of a '")
        String prefix,
    @Key(
            usual = "[1, 0]",
            in = "[0, 1000]",
            least = 2,
            most = 2,
            help = "weights of picture and caption in a document's embedding")
        List<Double> weights,
    @Key(
            usual = "[0.9, 0.1]",
            in = "[0, 1000]",
            least = 2,
            most = 2,
            help = "the same where categories or attributes ask")
        List<Double> productWeights,
    @Key(usual = "", help = "judgements of the task qrels: TREC's four columns or BEIR's table")
        String qrels,
    @Key(usual = "", help = "texts of its queries: JSON lines with _id and text, or id TAB text")
        String queries,
    @Key(usual = "example", help = "what its document ids name: pictures by their ids, or items")
        Documents documents,
    @Key(
            usual = "false",
            help = "whether the document with the id of the query is left out, as BEIR does")
        boolean ignoreIdenticalIds) {

  /** What asks. */
  public enum Task {
    TEXT_TO_IMAGE,
    CATEGORY_TO_PRODUCT,
    ATTRIBUTE_TO_PRODUCT,
    QRELS
  }

  /** What a document is. */
  public enum Documents {
    EXAMPLE,
    ITEM
  }

  /** Weights of picture and caption in the embedding of a task's documents. */
  public List<Double> weights(Task task) {
    return switch (task) {
      case TEXT_TO_IMAGE, QRELS -> weights;
      case CATEGORY_TO_PRODUCT, ATTRIBUTE_TO_PRODUCT -> productWeights;
    };
  }
}
