/**
 * Judges that share no code with the connector: what they read from a table is what any other
 * engine would.
 */
package io.tidemark.reader;
