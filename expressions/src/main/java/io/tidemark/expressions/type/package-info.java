/** Types of values, how Connect holds them, and how one becomes another. */
package io.tidemark.expressions.type;
