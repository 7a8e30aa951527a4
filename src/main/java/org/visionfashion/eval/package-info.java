/** What a model says about a split, judged: scores with their context, as JSON and table. */
package org.visionfashion.eval;
