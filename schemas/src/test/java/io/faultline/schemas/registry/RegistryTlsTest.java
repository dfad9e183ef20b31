package io.faultline.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegistryTlsTest {

  private static final String FOUND = "{\"schema\":\"\\\"int\\\"\"}";

  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificate() throws Exception {
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            "registry",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            "keys.p12"));
    keytool(
        List.of(
            "-exportcert",
            "-rfc",
            "-alias",
            "registry",
            "-keystore",
            "keys.p12",
            "-file",
            "ca.pem"));
    keytool(
        List.of(
            "-importcert",
            "-noprompt",
            "-alias",
            "ca",
            "-file",
            "ca.pem",
            "-storetype",
            "PKCS12",
            "-keystore",
            "trust.p12"));
  }

  @Test
  void reachesARegistryWhoseCertificateItWasToldToTrust() throws Exception {
    try (SmallRegistryServer server = server();
        HttpSchemaRegistry pem = registry(server, pemTrust());
        HttpSchemaRegistry store = registry(server, storeTrust())) {
      server.thenAnswer(200, FOUND);

      assertThat(pem.byId(1).getType()).isEqualTo(Schema.Type.INT);
      assertThat(store.byId(1).getType()).isEqualTo(Schema.Type.INT);
    }
  }

  @Test
  void waitsRatherThanTrustAnotherCertificate() throws Exception {
    try (SmallRegistryServer server = server();
        HttpSchemaRegistry registry = registry(server, Map.of())) {
      server.thenAnswer(200, FOUND);
      CompletableFuture<Schema> asked = CompletableFuture.supplyAsync(() -> registry.byId(1));
      while (registry.failedAttempts() < 2) {
        Thread.onSpinWait();
      }

      assertThat(asked).isNotDone();
      assertThat(server.questions).isEmpty();
    }
  }

  @Test
  void showsItsOwnCertificateWhereItHasOne() throws Exception {
    Map<String, String> both = new java.util.HashMap<>(storeTrust());
    both.put("schema.registry.ssl.keystore.location", folder.resolve("keys.p12").toString());
    both.put("schema.registry.ssl.keystore.password", "changeit");
    both.put("schema.registry.ssl.keystore.type", "PKCS12");
    try (SmallRegistryServer server = new SmallRegistryServer(serverContext(), true);
        HttpSchemaRegistry registry = registry(server, both)) {
      server.thenAnswer(200, FOUND);

      assertThat(registry.byId(1).getType()).isEqualTo(Schema.Type.INT);
    }
  }

  private static SmallRegistryServer server() throws IOException {
    return new SmallRegistryServer(serverContext(), false);
  }

  private static SSLContext serverContext() {
    return RegistryTls.context(
        Map.of(
            "ssl.keystore.location", folder.resolve("keys.p12").toString(),
            "ssl.keystore.password", "changeit",
            "ssl.keystore.type", "PKCS12",
            "ssl.truststore.location", folder.resolve("ca.pem").toString(),
            "ssl.truststore.type", "PEM"));
  }

  private static Map<String, String> pemTrust() {
    return Map.of(
        "schema.registry.ssl.truststore.location",
        folder.resolve("ca.pem").toString(),
        "schema.registry.ssl.truststore.type",
        "PEM");
  }

  private static Map<String, String> storeTrust() {
    return Map.of(
        "schema.registry.ssl.truststore.location", folder.resolve("trust.p12").toString(),
        "schema.registry.ssl.truststore.password", "changeit",
        "schema.registry.ssl.truststore.type", "PKCS12");
  }

  private static HttpSchemaRegistry registry(SmallRegistryServer server, Map<String, String> more) {
    return HttpSchemaRegistryTest.registry(server.url(), more);
  }

  private static void keytool(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-storepass", "changeit"));
    Path log = Files.createTempFile(folder, "keytool", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }
}
