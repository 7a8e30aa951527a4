/** Objectives, optimizer, schedule and the one loop. */
package org.visionfashion.train;
