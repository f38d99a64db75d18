/** What Tidemark costs next to its peers, and what parts of it cost. */
package io.tidemark.benchmarks;
