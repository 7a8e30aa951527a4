package org.visionfashion.config;

import java.nio.file.Path;

/**
 * Where the examples come from and how they reach the model.
 *
 * @param source which reader understands {@code root}
 * @param root folder of the data set; for {@code csv} the table itself or the folder it lies in
 * @param size how many pictures the demo set draws; the other sources ignore it
 * @param seed seeds the demo set's drawing and the split, not the training
 * @param split how examples are shared out: by item, by picture, or as the table's split column
 *     says
 * @param validation share of the examples (or items) for validation, in [0, 1)
 * @param test share of the examples (or items) for the test, in [0, 1)
 * @param labels the label scheme of DeepFashion-MultiModal and the demo set
 * @param workers threads that decode and transform; any number gives the same batches
 * @param prefetch batches that may wait ready
 * @param maxBroken share of unreadable images above which a run stops
 * @param groupLengths whether captions of like length stand together in a training batch, so that
 *     its micro-batches are padded less
 * @param template caption of an example of the {@code folder} source; {@code {}} is its class
 * @param cache training pictures decoded once
 * @param limits what the files may ask for
 * @param csv names of the columns of the {@code csv} source
 */
public record DataConfig(
    Source source,
    Path root,
    int size,
    long seed,
    SplitRule split,
    double validation,
    double test,
    Scheme labels,
    int workers,
    int prefetch,
    double maxBroken,
    boolean groupLengths,
    String template,
    CacheConfig cache,
    LimitsConfig limits,
    CsvColumns csv) {

  /** The same, read from another folder. */
  public DataConfig withRoot(Path other) {
    return new DataConfig(
        source,
        other,
        size,
        seed,
        split,
        validation,
        test,
        labels,
        workers,
        prefetch,
        maxBroken,
        groupLengths,
        template,
        cache,
        limits,
        csv);
  }

  /** The readers. */
  public enum Source {
    /** The demo set where no root is named, else what the root's content says. */
    AUTO,
    DEMO,
    DEEPFASHION,
    CSV,
    FOLDER
  }

  /** How examples are shared out among train, validation and test. */
  public enum SplitRule {
    /** GIVEN where the data say the split, else ITEM where they name items, else RANDOM. */
    AUTO,
    /** All pictures of an item on the same side. */
    ITEM,
    /** Picture by picture, as the paper does. */
    RANDOM,
    /** As the table says. */
    GIVEN
  }

  /** The two readings of DeepFashion-MultiModal's labels. */
  public enum Scheme {
    CARD,
    PAPER
  }

  /**
   * Header names of a user's table. A column that is named must be there; where the name is empty,
   * the usual one (the name of the component) is taken if the table has it.
   *
   * @param image path of the picture, relative to the table
   * @param caption description
   * @param category one class
   * @param attributes labels separated by {@code |}
   * @param item groups the pictures of one product
   * @param split {@code train}, {@code validation} or {@code test}
   */
  public record CsvColumns(
      String image, String caption, String category, String attributes, String item, String split) {

    /** No column is named. */
    public static final CsvColumns DEFAULT = new CsvColumns("", "", "", "", "", "");
  }
}
