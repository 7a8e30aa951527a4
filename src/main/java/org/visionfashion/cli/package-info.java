/**
 * The commands. The only package that prints, and {@link org.visionfashion.cli.Main} the only class
 * that exits. What takes time stands behind {@link org.visionfashion.cli.Work}.
 */
package org.visionfashion.cli;
