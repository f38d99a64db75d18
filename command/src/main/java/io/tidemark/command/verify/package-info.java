/** Whether tables hold every offset once, as their logs and their rows tell. */
package io.tidemark.command.verify;
