/** Tar archives that are indexed once and then read at random, no shuffle buffer between. */
package org.visionfashion.data.tar;
