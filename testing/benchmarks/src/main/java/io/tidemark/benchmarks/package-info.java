/** What parts of Tidemark cost. */
package io.tidemark.benchmarks;
