/** What can be done about damaged files of a checkpoint location without losing anything. */
package io.tidemark.command.repair;
