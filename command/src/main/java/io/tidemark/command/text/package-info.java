/** Figures and tables as text. */
package io.tidemark.command.text;
