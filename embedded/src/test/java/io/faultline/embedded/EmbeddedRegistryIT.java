package io.faultline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class EmbeddedRegistryIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void anIdIsTheSameAfterTheJvmIsKilledAndTheRegistryEndsWithIt() throws Exception {
    String url;
    String id;
    ProcessHandle registry;
    try (ChildJvm child = new ChildJvm(Server.class, folder)) {
      url = child.awaitLine("url");
      register(url, "first");
      id = register(url, "second");
      child.kill();
      registry =
          ProcessMark.read(folder.resolve("process")).flatMap(ProcessMark::alive).orElse(null);
    }
    assertThat(registry == null || ProcessMark.awaitEnd(registry, Duration.ofMinutes(1))).isTrue();
    try (var again = EmbeddedRegistry.start(folder)) {
      assertThat(again.url()).isEqualTo(url);
      assertThat(register(url, "second")).isEqualTo(id);
      assertThat(get(url + "/config")).contains("BACKWARD_TRANSITIVE");
    }
  }

  @Test
  void anIdThatWasAnsweredSurvivesTheKillOfTheRegistryItself() throws Exception {
    try (var registry = EmbeddedRegistry.temporary()) {
      String id = register(registry.url(), "kept");
      registry.kill();
      assertThat(Ports.isFree(registry.port())).isTrue();
      registry.start();
      assertThat(register(registry.url(), "kept")).isEqualTo(id);
    }
  }

  /** A registry started by a JVM that is killed. */
  static final class Server {
    public static void main(String[] args) throws Exception {
      System.out.println("url " + EmbeddedRegistry.start(Path.of(args[0])).url());
      Thread.currentThread().join();
    }
  }

  /** Registers a schema under this name and gives the answer, which holds its id. */
  private static String register(String url, String name) throws Exception {
    String schema =
        "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"%s\\\",\\\"fields\\\":[]}".formatted(name);
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url + "/subjects/" + name + "-value/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"" + schema + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static String get(String url) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
