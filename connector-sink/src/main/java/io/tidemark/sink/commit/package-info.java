/**
 * A planned batch into one version per table, then into the commit log; and the cleaning up after
 * it.
 */
package io.tidemark.sink.commit;
