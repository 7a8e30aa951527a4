/** What an evaluation and a training look like: one page, its figures and tables as files. */
package org.visionfashion.report;
