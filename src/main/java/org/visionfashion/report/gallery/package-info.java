/** Examples of retrieval, chosen by rule and by lot. */
package org.visionfashion.report.gallery;
