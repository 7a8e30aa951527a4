package org.visionfashion.cli;

/**
 * What a command found out about data or a model.
 *
 * @param text for the console
 * @param broken whether something must be mended
 */
record Findings(String text, boolean broken) {}
