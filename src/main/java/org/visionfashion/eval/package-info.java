/** What a model says about a split, judged: scores with their context, as JSON, table and page. */
package org.visionfashion.eval;
