/**
 * A seeded storm over real brokers and workers, and the oracle that says whether every record
 * survived it once.
 */
package io.tidemark.chaos;
