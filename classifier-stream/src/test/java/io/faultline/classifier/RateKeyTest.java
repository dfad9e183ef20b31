package io.faultline.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateKeyTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/b", "%2F", "naïve 🚀", "\u0000", "a+b c"})
  void anyNameComesBackAsItWas(String name) {
    RateKey ofQueue = RateKey.ofQueue(name, name);
    RateKey ofNode = RateKey.ofNode(name);

    assertThat(RateKey.parse(ofQueue.text())).isEqualTo(ofQueue);
    assertThat(RateKey.parse(ofNode.text())).isEqualTo(ofNode);
  }
}
