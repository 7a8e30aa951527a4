/** The examples as DJL programs expect them; with the tokenizers the only data code on DJL. */
package org.visionfashion.data.djl;
