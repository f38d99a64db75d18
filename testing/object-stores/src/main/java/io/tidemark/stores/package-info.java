/**
 * Servers of S3, Azure Blob Storage and HDFS for tests, each in a process of its own, and a proxy
 * before them that counts requests and injects faults.
 */
package io.tidemark.stores;
