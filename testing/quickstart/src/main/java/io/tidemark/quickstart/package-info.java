/** The quickstart: one topic into two tables on one machine, with a kill -9 in the middle. */
package io.tidemark.quickstart;
