/** Columns of examples kept beside the data, so that a large data set is read once. */
package org.visionfashion.data.index;
