/** What a data set consists of and what is wrong with it. */
package org.visionfashion.data.check;
