/** Captions, the vocabulary built from them, and tokens. */
package org.visionfashion.data.text;
