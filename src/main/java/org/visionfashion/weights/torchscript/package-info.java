/** Models as TorchScript, for DJL and libtorch. */
package org.visionfashion.weights.torchscript;
