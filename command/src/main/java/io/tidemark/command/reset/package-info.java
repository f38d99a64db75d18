/** Requests to reset a connector's offsets, made and carried out without the connector. */
package io.tidemark.command.reset;
