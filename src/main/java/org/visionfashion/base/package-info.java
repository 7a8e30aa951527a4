/** What every package may need and the JDK lacks; knows nothing of fashion. */
package org.visionfashion.base;
