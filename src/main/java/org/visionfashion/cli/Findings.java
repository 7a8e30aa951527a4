package org.visionfashion.cli;

/**
 * What was found in a data set.
 *
 * @param text for the console
 * @param broken whether something must be mended
 */
record DataReport(String text, boolean broken) {}
