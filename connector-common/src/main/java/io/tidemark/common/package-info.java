/** What every module speaks of: its errors, its clock, a data file of a table, numbers in names. */
package io.tidemark.common;
