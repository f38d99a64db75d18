/**
 * Faults for workers under test: a Java agent that ends the JVM at an exact point of the commit
 * protocol, and a file system whose calls fail. Knows the shipped code by name only.
 */
package io.tidemark.faults;
