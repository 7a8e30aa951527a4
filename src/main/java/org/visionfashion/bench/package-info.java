/** How fast this machine does what training and evaluation do. */
package org.visionfashion.bench;
