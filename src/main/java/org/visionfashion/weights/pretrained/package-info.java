/** Published weights of other libraries: their names, their configuration, their patch grids. */
package org.visionfashion.weights.pretrained;
