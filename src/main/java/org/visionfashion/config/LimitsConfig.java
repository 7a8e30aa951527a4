package org.visionfashion.config;

/**
 * What the files of a data set may ask for. They come from somewhere else: a file beyond a limit is
 * refused, by name, before memory is set aside for it. Java's arrays end at 2^31 elements: three
 * bytes a pixel, and the bytes of a file.
 */
public record LimitsConfig(
    @Key(
            usual = "50000000",
            in = "[1, 700000000]",
            help = "pixels of one picture, as its header declares them")
        int pixels,
    @Key(usual = "100000000", in = "[1, 2000000000]", help = "bytes of one picture's file")
        int imageBytes,
    @Key(
            usual = "500000000",
            in = "[1, 2000000000]",
            help = "bytes of one table, label file or caption file")
        int textBytes,
    @Key(
            usual = "100000",
            in = "[100, 1000000000]",
            help = "characters of one line, row or caption")
        int line,
    @Key(usual = "64", in = "[2, 1000]", help = "objects and lists within each other")
        int jsonDepth,
    @Key(
            usual = "false",
            help =
                "whether pictures may lie outside the data set's folder, by .., absolute paths or"
                    + " links")
        boolean outside,
    @Key(
            usual = "auto",
            help =
                "what decodes JPEGs: turbojpeg = libjpeg-turbo, which must be installed, imageio ="
                    + " Java's own decoder, auto = libjpeg-turbo where it is installed")
        JpegLibrary jpeg) {

  /** Room for a picture of 7,000 x 7,000 pixels and a table of ten million rows. */
  public static final LimitsConfig DEFAULT = Binder.of(LimitsConfig.class);
}
