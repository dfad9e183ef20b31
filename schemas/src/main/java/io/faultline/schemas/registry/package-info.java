/**
 * The client of a schema registry, over Confluent's REST API and with Confluent's configuration
 * keys.
 *
 * <p>{@link io.faultline.schemas.registry.SchemaRegistries} opens it; another client can take its
 * place through {@link io.faultline.schemas.registry.SchemaRegistryProvider}. {@link
 * io.faultline.schemas.registry.Patience} is what to do while the registry is away.
 */
package io.faultline.schemas.registry;
