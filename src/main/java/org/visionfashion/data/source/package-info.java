/**
 * Readers of data sets: each turns files into a {@link org.visionfashion.data.Dataset}, reports
 * what is wrong with them by file and line, and opens no picture.
 */
package org.visionfashion.data.source;
