package io.faultline.pipeline;

import io.faultline.app.fixture.KafkaAt;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The tables of rules on a broker and a registry from their own images, where there is an engine.
 */
@Testcontainers(disabledWithoutDocker = true)
class TablesOnContainersIT extends TablesContract {

  private static final int REGISTRY_PORT = 8080;

  @Container
  private static final KafkaContainer BROKER = new KafkaContainer("apache/kafka-native:4.1.1");

  @Container
  private static final GenericContainer<?> REGISTRY =
      new GenericContainer<>("apicurio/apicurio-registry:3.1.4")
          .withExposedPorts(REGISTRY_PORT)
          .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects"));

  @Override
  protected KafkaAt kafka() {
    String registry = "http://" + REGISTRY.getHost() + ":" + REGISTRY.getMappedPort(REGISTRY_PORT);
    return new KafkaAt(BROKER.getBootstrapServers(), registry + "/apis/ccompat/v7");
  }
}
