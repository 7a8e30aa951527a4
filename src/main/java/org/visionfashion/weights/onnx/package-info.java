/** Models as ONNX: a protocol buffers writer, graphs, and the towers as graphs. */
package org.visionfashion.weights.onnx;
