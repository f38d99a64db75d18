/**
 * The configuration of the source: what each key means, which values it takes, and what
 * combinations make sense. One class per concern holds its keys and its cross-checks.
 */
package io.tidemark.source.config;
