package io.faultline.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.schemas.RegistryException;
import io.faultline.schemas.UnknownSchemaException;
import io.faultline.schemas.registry.SmallRegistryServer.Question;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpSchemaRegistryTest {

  private static final Schema SCHEMA =
      SchemaBuilder.record("a.B").fields().requiredString("text").endRecord();
  private static final String FOUND =
      "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"a.B\\\",\\\"fields\\\":"
          + "[{\\\"name\\\":\\\"text\\\",\\\"type\\\":\\\"string\\\"}]}\"}";

  private SmallRegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = new SmallRegistryServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void registersASchemaOnceAndKnowsItByItsId() {
    server.thenAnswer(200, "{\"id\":7}");
    try (HttpSchemaRegistry registry = registry(Map.of())) {
      assertThat(registry.register("faultline.a-value", SCHEMA)).isEqualTo(7);
      assertThat(registry.register("faultline.a-value", SCHEMA)).isEqualTo(7);
      assertThat(registry.byId(7)).isEqualTo(SCHEMA);
    }
    assertThat(server.questions).hasSize(1);
    Question question = server.questions.get(0);
    assertThat(question.method()).isEqualTo("POST");
    assertThat(question.path()).isEqualTo("/subjects/faultline.a-value/versions");
    assertThat(question.body()).startsWith("{\"schema\":\"{").contains("\\\"name\\\":\\\"B\\\"");
    assertThat(question.authorization()).isNull();
  }

  @Test
  void asksForAnIdOnce() {
    server.thenAnswer(200, FOUND);
    try (HttpSchemaRegistry registry = registry(Map.of())) {
      assertThat(registry.byId(3)).isEqualTo(SCHEMA);
      assertThat(registry.byId(3)).isEqualTo(SCHEMA);
    }
    assertThat(server.questions).containsExactly(new Question("GET", "/schemas/ids/3", null, ""));
  }

  @Test
  void withoutAutoRegisterItOnlyLooksUp() {
    server
        .thenAnswer(200, "{\"subject\":\"s\",\"version\":1,\"id\":9,\"schema\":\"\\\"int\\\"\"}")
        .thenAnswer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    try (HttpSchemaRegistry registry = registry(Map.of("auto.register.schemas", "false"))) {
      assertThat(registry.register("s", SCHEMA)).isEqualTo(9);
      assertThatThrownBy(() -> registry.register("t", SCHEMA))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("t is not registered");
    }
    assertThat(server.questions.get(0).path()).isEqualTo("/subjects/s");
  }

  @Test
  void anUnknownIdIsNotTheRegistrysFault() {
    server.thenAnswer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    try (HttpSchemaRegistry registry = registry(Map.of())) {
      assertThatThrownBy(() -> registry.byId(4711)).isInstanceOf(UnknownSchemaException.class);
      assertThatThrownBy(() -> registry.byId(4711)).isInstanceOf(UnknownSchemaException.class);
      assertThatThrownBy(() -> registry.byId(-1)).isInstanceOf(UnknownSchemaException.class);
    }
    assertThat(server.questions).hasSize(1);
  }

  @Test
  void aPageNotFoundIsAWrongAddressAndNotAnUnknownId() {
    server.thenAnswer(404, "<html>nothing here</html>");
    try (HttpSchemaRegistry registry = registry(Map.of())) {
      assertThatThrownBy(() -> registry.byId(1))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("schema.registry.url");
    }
  }

  @Test
  void aSchemaOfAnotherKindIsOneThatNobodyHereCanRead() {
    server.thenAnswer(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}");
    try (HttpSchemaRegistry registry = registry(Map.of())) {
      assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(UnknownSchemaException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"401, basic.auth", "403, basic.auth", "422, not a valid schema"})
  void aRefusalIsToldWithItsReason(int status, String meaning) {
    server.thenAnswer(status, "{\"error_code\":" + status + ",\"message\":\"because of X\"}");
    try (HttpSchemaRegistry registry = registry(Map.of())) {
      assertThatThrownBy(() -> registry.register("s", SCHEMA))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("/subjects/s/versions with " + status)
          .hasMessageContaining(meaning)
          .hasMessageContaining("because of X");
    }
    assertThat(server.questions.get(0).path()).endsWith("/versions");
  }

  @Test
  void aSchemaThatIsNotCompatibleIsRefused() {
    server
        .thenAnswer(409, "{\"error_code\":409,\"message\":\"because of X\"}")
        .thenAnswer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}")
        .thenAnswer(409, "{\"error_code\":409,\"message\":\"because of X\"}");
    try (HttpSchemaRegistry registry = registry(Map.of())) {
      assertThatThrownBy(() -> registry.register("s", SCHEMA))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("/subjects/s/versions with 409 (not compatible")
          .hasMessageContaining("because of X");
    }
  }

  @Test
  void theSlowerOfTwoThatRegisterANewSubjectFindsWhatTheOtherDid() {
    server
        .thenAnswer(409, "{\"error_code\":409,\"message\":\"already exists\"}")
        .thenAnswer(200, "{\"subject\":\"s\",\"version\":1,\"id\":9,\"schema\":\"\\\"int\\\"\"}");
    try (HttpSchemaRegistry registry = registry(Map.of())) {
      assertThat(registry.register("s", SCHEMA)).isEqualTo(9);
    }
    assertThat(server.questions)
        .extracting(Question::path)
        .containsExactly("/subjects/s/versions", "/subjects/s");
  }

  @Test
  void waitsWhileTheRegistryAnswersWithErrorsOfItsOwn() {
    server
        .thenAnswer(503, "")
        .thenAnswer(500, "{\"error_code\":50001,\"message\":\"store\"}")
        .thenAnswer(429, "")
        .thenAnswer(200, FOUND);
    try (HttpSchemaRegistry registry = registry(Map.of())) {
      assertThat(registry.byId(3)).isEqualTo(SCHEMA);
      assertThat(registry.failedAttempts()).isEqualTo(3);
    }
  }

  @Test
  void waitsUntilTheRegistryIsThere() throws Exception {
    int port = freePort();
    try (HttpSchemaRegistry registry = registry("http://127.0.0.1:" + port, Map.of())) {
      CompletableFuture<Schema> asked = CompletableFuture.supplyAsync(() -> registry.byId(3));
      while (registry.failedAttempts() < 3) {
        Thread.onSpinWait();
      }
      assertThat(asked).isNotDone();
      asked.cancel(false);
    }
  }

  @Test
  void closingEndsTheWaiting() throws Exception {
    HttpSchemaRegistry registry = registry("http://127.0.0.1:" + freePort(), Map.of());
    CompletableFuture<Schema> asked = CompletableFuture.supplyAsync(() -> registry.byId(3));
    while (registry.failedAttempts() == 0) {
      Thread.onSpinWait();
    }
    registry.close();

    assertThatThrownBy(asked::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(RegistryException.class);
  }

  @Test
  void anInterruptEndsTheWaiting() throws Exception {
    try (HttpSchemaRegistry registry = registry("http://127.0.0.1:" + freePort(), Map.of())) {
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread waiting =
          new Thread(
              () -> {
                try {
                  registry.byId(3);
                } catch (InterruptException e) {
                  ended.complete(e);
                }
              });
      waiting.start();
      while (registry.failedAttempts() == 0) {
        Thread.onSpinWait();
      }
      waiting.interrupt();

      assertThat(ended.get()).isInstanceOf(InterruptException.class);
    }
  }

  @Test
  void goesToTheNextAddressAndStaysThere() throws Exception {
    server.thenAnswer(200, FOUND);
    String urls = "http://127.0.0.1:" + freePort() + "/, " + server.url() + "/apis/ccompat/v7/";
    try (HttpSchemaRegistry registry = registry(urls, Map.of())) {
      registry.byId(1);
      registry.byId(2);
      assertThat(registry.failedAttempts()).isZero();
    }
    assertThat(server.questions)
        .extracting(Question::path)
        .containsExactly("/apis/ccompat/v7/schemas/ids/1", "/apis/ccompat/v7/schemas/ids/2");
  }

  @Test
  void sendsTheUserOfTheSettingsOrOfTheAddressOrAToken() {
    server.thenAnswer(200, FOUND);
    Map<String, String> user =
        Map.of(
            "basic.auth.credentials.source", "USER_INFO",
            "schema.registry.basic.auth.user.info", "anna:geheim:x");
    registry(user).byId(1);
    registry("http://anna:geheim%3Ax@localhost:" + server.port(), Map.of()).byId(1);
    registry(Map.of("bearer.auth.token", "t0k")).byId(1);

    assertThat(server.questions)
        .extracting(Question::authorization)
        .containsExactly("Basic YW5uYTpnZWhlaW06eA==", "Basic YW5uYTpnZWhlaW06eA==", "Bearer t0k");
  }

  private HttpSchemaRegistry registry(Map<String, String> more) {
    return registry(server.url(), more);
  }

  static HttpSchemaRegistry registry(String url, Map<String, String> more) {
    Map<String, String> config = new HashMap<>(more);
    config.put("schema.registry.url", url);
    return new HttpSchemaRegistry(
        RegistrySettings.of(config), new Patience(Duration.ofMillis(2), Duration.ofMillis(20)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
