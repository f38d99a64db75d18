/**
 * The built plugin in real workers beside a real broker; what it wrote is judged by readers that
 * are not ours.
 */
package io.tidemark.it;
