/** Where the image tower looks. */
package org.visionfashion.report.attention;
