/** A checkpoint location as it lies there, whatever state it is in. */
package io.tidemark.command.location;
