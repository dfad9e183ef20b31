/**
 * Questions to the ingester's tables (schema {@code lookout}, see docs/lookout-tables.md), answered
 * as JSON. Nothing here writes.
 */
package io.faultline.server.lookout;
