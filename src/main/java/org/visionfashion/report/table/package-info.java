/** Tables: one definition each, for the page, as Markdown and as CSV. */
package org.visionfashion.report.table;
