/** Weights in, weights out: the same tensors under other names and in other containers. */
package org.visionfashion.weights.convert;
