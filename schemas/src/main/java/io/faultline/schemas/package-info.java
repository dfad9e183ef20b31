/** Avro schemas, topics, registry client, and the one mapping to the domain. */
package io.faultline.schemas;
