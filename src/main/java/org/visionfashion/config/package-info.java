/**
 * One experiment as immutable records, read from YAML and checked as a whole; and where the files
 * of the project and of its runs lie.
 */
package org.visionfashion.config;
