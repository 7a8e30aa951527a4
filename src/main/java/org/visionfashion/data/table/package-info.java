/**
 * Tables of any format as columns and rows of cells. What a column means is not known here: see
 * {@link org.visionfashion.data.source}.
 */
package org.visionfashion.data.table;
