/**
 * Storage with one strong primitive, create-if-absent, over local file systems, HDFS and object
 * stores. Everything that the commit protocol decides once, it decides with that primitive.
 */
package io.tidemark.storage;
