/** Batches events into PostgreSQL. */
package io.faultline.ingester;
