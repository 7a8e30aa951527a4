/** Learning curves, read from {@code metrics.jsonl}. */
package org.visionfashion.report.curves;
