/** The transformations that a connector's configuration names. */
package io.tidemark.transforms;
