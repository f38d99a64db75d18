/**
 * What connectors have in common: how keys are defined, checked and explained, and how they show
 * figures.
 */
package io.tidemark.connector;
