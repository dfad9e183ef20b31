package io.faultline.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every service is told.
 *
 * @param kafka properties for every Kafka client, {@code bootstrap.servers} among them
 * @param registry Confluent's configuration keys of the registry client, {@code
 *     schema.registry.url} among them
 * @param instanceId unique among the instances of a service, and stable over restarts
 * @param stateDir where the service keeps what is on disk
 * @param http where it answers
 */
public record CommonSettings(
    Map<String, String> kafka,
    Map<String, String> registry,
    String instanceId,
    Path stateDir,
    Http http) {

  /**
   * Where a service answers.
   *
   * @param host the address to bind; loopback unless told otherwise
   * @param port 0 takes a free one
   * @param token what callers of everything but health must send; empty refuses them all
   */
  public record Http(String host, int port, String token) {
    @Override
    public String toString() {
      return "Http[host=" + host + ", port=" + port + "]";
    }
  }

  /** Copies the maps. */
  public CommonSettings {
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
  }

  /** Names of clients' settings may be secret: only what is harmless is shown. */
  @Override
  public String toString() {
    return "CommonSettings[kafka="
        + kafka.get("bootstrap.servers")
        + ", instanceId="
        + instanceId
        + ", stateDir="
        + stateDir
        + ", http="
        + http
        + "]";
  }

  /**
   * Reads them.
   *
   * @param reader the source
   * @param service the service's name, used for defaults
   */
  public static CommonSettings read(SettingsReader reader, String service) {
    Map<String, String> kafka = new TreeMap<>(reader.below("kafka."));
    kafka.putIfAbsent("bootstrap.servers", "127.0.0.1:9092");
    Map<String, String> registry = new TreeMap<>();
    reader
        .below("schema.registry.")
        .forEach((key, value) -> registry.put("schema.registry." + key, value));
    reader.below("basic.auth.").forEach((key, value) -> registry.put("basic.auth." + key, value));
    reader.below("bearer.auth.").forEach((key, value) -> registry.put("bearer.auth." + key, value));
    registry.putIfAbsent("schema.registry.url", "http://127.0.0.1:8081");
    String instanceId = reader.text("instance.id", hostName());
    Path stateDir = Path.of(reader.text("state.dir", "/var/lib/faultline/" + service));
    Http http =
        new Http(
            reader.text("http.host", "127.0.0.1"),
            reader.integer("http.port", 0, 0, 65_535),
            reader.secret("http.token"));
    return new CommonSettings(kafka, registry, instanceId, stateDir, http);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "local";
    }
  }
}
