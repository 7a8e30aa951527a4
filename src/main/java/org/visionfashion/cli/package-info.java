/**
 * The commands, and the use cases that they call: {@link org.visionfashion.cli.Train}, {@link
 * org.visionfashion.cli.Evaluate}, {@link org.visionfashion.cli.Compare}, {@link
 * org.visionfashion.cli.PrepareData}. The only package that prints, and {@link
 * org.visionfashion.cli.Main} the only class that exits.
 */
package org.visionfashion.cli;
