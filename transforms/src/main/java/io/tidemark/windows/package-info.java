/** Windowed aggregates over event time: the parts that know neither task nor driver. */
package io.tidemark.windows;
