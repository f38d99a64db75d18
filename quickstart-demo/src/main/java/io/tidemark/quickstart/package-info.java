/** The quickstart: one table filled from one topic on one machine, with a kill -9 in the middle. */
package io.tidemark.quickstart;
