/** The examples as DJL programs expect them; the only part of the data that knows DJL. */
package org.visionfashion.data.djl;
