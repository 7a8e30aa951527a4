/** Small blocks of the two encoders; shapes in their docstrings. */
package org.visionfashion.nn;
