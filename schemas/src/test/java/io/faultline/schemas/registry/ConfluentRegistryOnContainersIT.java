package io.faultline.schemas.registry;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.ConfluentKafkaContainer;

/** The client against Confluent's own registry, where there is a container engine. */
@Testcontainers(disabledWithoutDocker = true)
class ConfluentRegistryOnContainersIT extends RegistryContract {

  private static final String VERSION = "8.1.0";
  private static final int PORT = 8081;
  private static final Network NETWORK = Network.newNetwork();

  @Container
  private static final ConfluentKafkaContainer BROKER =
      new ConfluentKafkaContainer("confluentinc/cp-kafka:" + VERSION)
          .withNetwork(NETWORK)
          .withListener("broker:19092");

  @Container
  private static final GenericContainer<?> REGISTRY =
      new GenericContainer<>("confluentinc/cp-schema-registry:" + VERSION)
          .withNetwork(NETWORK)
          .dependsOn(BROKER)
          .withExposedPorts(PORT)
          .withEnv("SCHEMA_REGISTRY_HOST_NAME", "registry")
          .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "broker:19092")
          .waitingFor(Wait.forHttp("/subjects"));

  @Override
  protected String url() {
    return "http://" + REGISTRY.getHost() + ":" + REGISTRY.getMappedPort(PORT);
  }
}
