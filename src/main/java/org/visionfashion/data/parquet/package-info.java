/**
 * Parquet files: rows of text one at a time, and pictures in any order.
 *
 * <p>parquet-java reads the footer and decodes the pages; which pages are read, and when, is
 * decided here, so that a row of text does not cost the pictures beside it and a picture does not
 * cost its row group.
 */
package org.visionfashion.data.parquet;
