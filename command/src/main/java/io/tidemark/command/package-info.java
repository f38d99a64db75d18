/** The operators' command: arguments, exit codes, and what each subcommand does with them. */
package io.tidemark.command;
