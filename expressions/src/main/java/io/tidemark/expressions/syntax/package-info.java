/** The text of an expression as a tree, and the tree as text. */
package io.tidemark.expressions.syntax;
