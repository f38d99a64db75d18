/** Delta tables as a source reads them: versions, commits, and the rows of their files. */
package io.tidemark.delta.read;
