/** Who reads what from where: shards to tasks, the first start, and the start after that. */
package io.tidemark.source.plan;
