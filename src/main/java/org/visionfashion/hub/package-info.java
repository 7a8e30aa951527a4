/**
 * Models and data sets fetched from the Hugging Face Hub into the cache that all its libraries
 * share. A fetched file is data: nothing in it is executed.
 */
package org.visionfashion.hub;
