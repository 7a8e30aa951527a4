/** Files to pixels, and pixels to model inputs: decoding, resampling, augmentation. */
package org.visionfashion.data.image;
