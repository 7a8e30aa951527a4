/** The embedding space as a whole: similarities and a map. */
package org.visionfashion.report.space;
