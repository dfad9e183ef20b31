package io.faultline.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {

  @Test
  void manyAddressesAreTakenApart() {
    RegistrySettings settings =
        settings(Map.of("schema.registry.url", "http://a:1/, https://b/x/"));

    assertThat(settings.nodes())
        .extracting(Object::toString)
        .containsExactly("http://a:1", "https://b/x");
    assertThat(settings.autoRegister()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema.registry.url | ''",
        "schema.registry.url | localhost:8081",
        "schema.registry.url | ftp://host",
        "basic.auth.credentials.source | SASL_INHERIT",
        "auto.register.schemas | yes",
        "http.read.timeout.ms | 0",
        "schema.registry.ssl.truststore.location | /nowhere/trust.jks",
        "schema.registry.max.schemas.per.subject | 5"
      })
  void whatCannotBeUsedIsRefusedByName(String key, String value) {
    Map<String, String> config = new HashMap<>(Map.of("schema.registry.url", "http://a"));
    config.put(key, value);

    assertThatThrownBy(() -> settings(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key.replace("schema.registry.ssl", "ssl"))
        .hasMessageNotContaining("\n");
  }

  @Test
  void secretsAreNotShown() {
    Map<String, String> config =
        Map.of(
            "schema.registry.url", "http://anna:secret@a",
            "bearer.auth.token", "secret");

    assertThat(settings(config).toString()).doesNotContain("secret");
    assertThatThrownBy(() -> settings(Map.of("schema.registry.url", "htp://anna:secret@a")))
        .hasMessageNotContaining("secret");
  }

  private static RegistrySettings settings(Map<String, String> config) {
    return RegistrySettings.of(config);
  }
}
