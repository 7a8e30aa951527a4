/** Small pictures inside the page. */
package org.visionfashion.report.picture;
