/**
 * JSON texts as tokens: the tape, the pass that checks a text, and what numbers and strings say.
 */
package io.tidemark.converters.json;
