/** JsonConverter, and the maps and lists it gives, which decode only what is read of them. */
package io.tidemark.converters;
