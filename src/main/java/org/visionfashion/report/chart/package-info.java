/** Figures: one definition each, as SVG that follows the page's colours and as PNG for papers. */
package org.visionfashion.report.chart;
