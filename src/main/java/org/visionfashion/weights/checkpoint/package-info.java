/** The checkpoint folder: a model with its description, sealed. */
package org.visionfashion.weights.checkpoint;
