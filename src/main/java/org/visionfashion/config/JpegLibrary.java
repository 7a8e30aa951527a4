package org.visionfashion.config;

/** What decodes JPEGs. */
public enum JpegLibrary {
  /** libjpeg-turbo where it is installed and agrees with Java's decoder, else Java's. */
  AUTO,
  /** libjpeg-turbo, or the program ends. */
  TURBOJPEG,
  /** Java's ImageIO. */
  IMAGEIO
}
