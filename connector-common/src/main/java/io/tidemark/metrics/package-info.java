/** The metrics of tasks: what they are, and how they reach the worker's reporters or JMX. */
package io.tidemark.metrics;
