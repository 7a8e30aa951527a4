/** Examples of retrieval, chosen by rule and at random. */
package org.visionfashion.report.gallery;
