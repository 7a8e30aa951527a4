/** Examples to batches, ahead of the consumer and always the same. */
package org.visionfashion.data.loader;
