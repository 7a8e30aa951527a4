package org.visionfashion.config;

import java.util.List;

/** Where the examples come from and how they reach the model. */
public record DataConfig(
    @Key(
            usual = "auto",
            help =
                "what reads data.root; auto = what its content says, or the demo set where no root"
                    + " is given")
        Source source,
    @Key(
            usual = DEMO_ROOT,
            rule = DataRoot.RULE,
            help =
                "where the data set lies; several files are one data set; relative paths start at"
                    + " the project folder")
        DataRoot root,
    @Key(usual = "8000", in = "[1, 1000000]", help = "pictures that the demo set draws") int size,
    @Key(usual = "1", help = "seeds the demo set's drawing and the split, not the training")
        long seed,
    @Key(
            usual = "auto",
            help =
                "how examples are split: item = all pictures of a product on one side, random = by"
                    + " picture, given = as the data say; auto = given, else item, else random")
        SplitRule split,
    @Key(usual = "0.1", in = "[0, 1)", help = "share for validation, of items or of pictures")
        double validation,
    @Key(usual = "0.1", in = "[0, 1)", help = "share for the test, of items or of pictures")
        double test,
    @Key(usual = "card", help = "label scheme of DeepFashion-MultiModal and the demo set")
        Scheme labels,
    @Key(
            usual = "2",
            in = "[1, 256]",
            help = "threads that decode and transform; any number gives the same batches")
        int workers,
    @Key(usual = "4", in = "[1, 1024]", help = "batches that may wait ready") int prefetch,
    @Key(usual = "0.01", in = "[0, 1]", help = "share of unreadable pictures that is accepted")
        double maxBroken,
    @Key(
            usual = "false",
            help = "batches of captions of like length, so that micro-batches are padded less")
        boolean groupLengths,
    @Key(
            usual = "A photo of {}.",
            pattern = "(?s).*\\{}.*",
            rule = "contain {}, the place of the class name",
            help = "caption of a picture in class folders; {} is its class")
        String template,
    @Key(
            usual = "auto",
            help =
                "auto = what was read of more than 200,000 examples, or took long to read, is kept"
                    + " in .examples beside the data and opened from there; off = never")
        Index index,
    @Key(
            usual = "auto",
            pattern = "\\S+",
            rule = "be auto or the name of an encoding, such as windows-1252",
            help = "encoding of tables; auto = UTF-8, or UTF-16 where the file says so")
        String encoding,
    @Key(
            usual = "[nan, n/a, '#n/a', <na>, na, none, null, nil, nat, '-', '--', '?', empty]",
            help =
                "cells of a table that mean no caption, category, attribute or item, in any case;"
                    + " [] = every text counts")
        List<String> missing,
    @Key(
            usual = "false",
            help = "whether categories or attributes that differ only in case are one")
        boolean foldCase,
    @Key(
            usual = "false",
            help = "whether captions lose HTML, broken encodings, web addresses and prices")
        boolean cleanCaptions,
    CacheConfig cache,
    LimitsConfig limits,
    TableColumns columns) {

  /** Where the demo set lies; below the project folder. */
  static final String DEMO_ROOT = "data/demo";

  /** The same, read from elsewhere. */
  public DataConfig withRoot(DataRoot other) {
    return Binder.replaced(this, "root", other);
  }

  /** The readers. */
  public enum Source {
    /** The demo set where no root is named, else what the root's content says. */
    AUTO,
    DEMO,
    DEEPFASHION,
    CSV,
    JSONL,
    FOLDER,
    PARQUET,
    WEBDATASET
  }

  /** Whether an index of a large data set is kept. */
  public enum Index {
    AUTO,
    OFF
  }

  /** How examples are shared out among train, validation and test. */
  public enum SplitRule {
    /** GIVEN where the data say the split, else ITEM where they name items, else RANDOM. */
    AUTO,
    /** All pictures of an item on the same side. */
    ITEM,
    /** Picture by picture, as the paper does. */
    RANDOM,
    /** As the table or the folders say. */
    GIVEN
  }

  /** The two readings of DeepFashion-MultiModal's labels. */
  public enum Scheme {
    CARD,
    PAPER
  }

  /**
   * Names of a table's columns, whatever its format. A column that is named must be there; where
   * the name is empty, the usual one (the name of the component) is taken if the table has it.
   */
  public record TableColumns(
      @Key(usual = "", help = "column of the picture's path, relative to the table; empty = image")
          String image,
      @Key(
              usual = "{}",
              pattern = "(?s).*\\{}.*",
              rule = "contain {}, the place of the cell's text",
              help = "path of a picture, made of the image column's cell; such as images/{}.jpg")
          String path,
      @Key(usual = "", help = "column of the picture's name; empty = its path is its name")
          String id,
      @Key(
              usual = "[]",
              help = "columns of descriptions, one or several; empty = caption, if there")
          List<String> caption,
      @Key(usual = "", help = "column of the class; empty = category, if there") String category,
      @Key(usual = "", help = "column of the labels; empty = attributes, if there")
          String attributes,
      @Key(
              usual = "|",
              pattern = "(?s).+",
              rule = "be one or more characters",
              help = "what separates the labels in a cell of the attributes")
          String separator,
      @Key(usual = "", help = "column of the product's name; empty = item, if there") String item,
      @Key(
              usual = "",
              rule = "be a regular expression such as id_(\\d+)",
              help =
                  "regular expression that finds the product within that column: its first group,"
                      + " or all that it matches; empty = the whole cell")
          String itemPattern,
      @Key(usual = "", help = "column of train, validation or test; empty = split, if there")
          String split) {

    /** No column is named. */
    public static final TableColumns DEFAULT = Binder.of(TableColumns.class);

    public TableColumns {
      caption = caption.stream().filter(name -> !name.isEmpty()).toList();
    }
  }
}
