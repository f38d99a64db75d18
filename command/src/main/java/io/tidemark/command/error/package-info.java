/** What can go wrong with the command, in the words that users read. */
package io.tidemark.command.error;
