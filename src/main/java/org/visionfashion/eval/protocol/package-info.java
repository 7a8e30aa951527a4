/** Retrieval judged by ground truth, as BEIR and published leaderboards do it. */
package org.visionfashion.eval.protocol;
