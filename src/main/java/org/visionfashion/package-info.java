/** VisionFashion: one embedding space for pictures and descriptions of clothes. */
package org.visionfashion;
