/** What a windowed aggregation is, as its transformation is configured. */
package io.tidemark.windows.config;
