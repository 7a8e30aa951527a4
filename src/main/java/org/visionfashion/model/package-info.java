/** The dual encoder: Vision Transformer, BERT, projections and heads. */
package org.visionfashion.model;
