/** What the ingester writes to PostgreSQL, beside a bare COPY of the same rows. */
package io.faultline.benchmarks.ingest;
