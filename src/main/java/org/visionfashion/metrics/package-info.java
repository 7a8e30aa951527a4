/**
 * Scores from plain arrays: retrieval, categories, attributes, and how far chance may move them.
 * Knows nothing of models or files.
 */
package org.visionfashion.metrics;
