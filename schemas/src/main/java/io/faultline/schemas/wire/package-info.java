/**
 * The one mapping between domain records and Avro's generated classes; nothing else uses these.
 *
 * <p>{@link io.faultline.schemas.wire.WireFormat} is one message's mapping in both directions;
 * {@link io.faultline.schemas.wire.WireFormats} has one for each topic. Times are cut to
 * microseconds. Half a surrogate pair, which UTF-8 can't carry, becomes {@code ?}.
 */
package io.faultline.schemas.wire;
