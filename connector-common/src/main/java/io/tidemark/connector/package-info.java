/** What connectors have in common: how keys are defined, checked and explained. */
package io.tidemark.connector;
