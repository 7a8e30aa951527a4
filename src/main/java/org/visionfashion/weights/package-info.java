/** Weight files and the checkpoint folder. A weight file is data: nothing in it is executed. */
package org.visionfashion.weights;
