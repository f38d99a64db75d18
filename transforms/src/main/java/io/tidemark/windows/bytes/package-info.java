/** Bytes of keys and accumulators, written and read without objects of their own. */
package io.tidemark.windows.bytes;
