/**
 * Storage with one strong primitive, create-if-absent, over Hadoop's file systems. Everything that
 * the commit protocol decides once, it decides with that primitive.
 */
package io.tidemark.checkpoint.storage;
