/** What a checkpoint location and its tables look like now. */
package io.tidemark.command.inspect;
