/** Tensors in files: safetensors, PyTorch's, sharded; element types. */
package org.visionfashion.weights.file;
