/**
 * Values of millions of examples in packed columns: in the heap while they are few, else in files
 * that are mapped. Knows nothing of what the values mean.
 */
package org.visionfashion.data.column;
