/** Expressions of Spark SQL, compiled for the records of one schema. */
package io.tidemark.expressions;
