/** The folders of runs: what lies in them, how far a run has come, and who works there. */
package org.visionfashion.run;
