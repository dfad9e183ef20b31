package io.faultline.schemas.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;

/**
 * How to reach a registry; read from Confluent's configuration keys.
 *
 * @param nodes where it answers, at least one; asked in this order
 * @param tls null for Java's own trust
 * @param autoRegister whether new schemas are registered, else they must be there
 * @param connectTimeout how long a connection may take
 * @param readTimeout how long an answer may take
 */
record RegistrySettings(
    List<Node> nodes,
    SSLContext tls,
    boolean autoRegister,
    Duration connectTimeout,
    Duration readTimeout) {

  private static final String PREFIX = "schema.registry.";

  /** Each may also stand with {@code schema.registry.} before it. */
  private static final Set<String> KEYS =
      new TreeSet<>(
          List.of(
              "url",
              "auto.register.schemas",
              "basic.auth.credentials.source",
              "basic.auth.user.info",
              "bearer.auth.credentials.source",
              "bearer.auth.token",
              "http.connect.timeout.ms",
              "http.read.timeout.ms",
              "ssl.truststore.location",
              "ssl.truststore.password",
              "ssl.truststore.type",
              "ssl.keystore.location",
              "ssl.keystore.password",
              "ssl.keystore.type",
              "ssl.key.password"));

  /**
   * One address of the registry.
   *
   * @param base without user info and without a slash at its end
   * @param authorization the header's value; empty for none
   */
  record Node(URI base, String authorization) {
    @Override
    public String toString() {
      return base.toString();
    }
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException naming the key, its value (never a secret one) and what is
   *     allowed
   */
  static RegistrySettings of(Map<String, String> config) {
    Map<String, String> values = new HashMap<>();
    config.forEach(
        (key, value) -> {
          String inner = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
          if (!KEYS.contains(inner)) {
            throw new IllegalArgumentException(
                "setting " + key + ": not a setting of the schema registry; these are: " + KEYS);
          }
          values.put(inner, value);
        });
    String authorization = authorization(values);
    return new RegistrySettings(
        nodes(values.getOrDefault("url", ""), authorization),
        RegistryTls.context(values),
        flag(values, "auto.register.schemas"),
        millis(values, "http.connect.timeout.ms", 5_000),
        millis(values, "http.read.timeout.ms", 10_000));
  }

  /** Null where the addresses themselves carry the credentials. */
  private static String authorization(Map<String, String> values) {
    String bearer = values.getOrDefault("bearer.auth.token", "");
    oneOf(values, "bearer.auth.credentials.source", "STATIC_TOKEN");
    String source = oneOf(values, "basic.auth.credentials.source", "URL", "USER_INFO");
    String user = values.getOrDefault("basic.auth.user.info", "");
    if (!bearer.isEmpty()) {
      return "Bearer " + bearer;
    } else if (source.equals("USER_INFO")) {
      if (!user.contains(":")) {
        throw new IllegalArgumentException(
            "setting basic.auth.user.info: user:password is needed where"
                + " basic.auth.credentials.source is USER_INFO");
      }
      return basic(user);
    }
    return null;
  }

  private static String oneOf(Map<String, String> values, String key, String... allowed) {
    String value = values.getOrDefault(key, allowed[0]);
    if (!List.of(allowed).contains(value)) {
      throw new IllegalArgumentException(
          "setting " + key + ": '" + value + "', allowed is one of " + Arrays.toString(allowed));
    }
    return value;
  }

  private static boolean flag(Map<String, String> values, String key) {
    return oneOf(values, key, "true", "false").equals("true");
  }

  private static Duration millis(Map<String, String> values, String key, int fallback) {
    String value = values.getOrDefault(key, String.valueOf(fallback));
    try {
      int millis = Integer.parseInt(value);
      if (millis > 0) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException notANumber) {
      // said below, with what is allowed
    }
    throw new IllegalArgumentException(
        "setting " + key + ": '" + value + "', allowed is a whole number of milliseconds from 1");
  }

  private static List<Node> nodes(String urls, String authorization) {
    List<Node> nodes =
        Arrays.stream(urls.split(","))
            .map(String::trim)
            .filter(url -> !url.isEmpty())
            .map(url -> node(url, authorization))
            .toList();
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "setting schema.registry.url: required, one or more http or https addresses with commas"
              + " between them");
    }
    return nodes;
  }

  private static Node node(String url, String authorization) {
    try {
      URI given = new URI(url);
      boolean http = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
      if (http && given.getHost() != null && given.getQuery() == null) {
        String path = Optional.ofNullable(given.getPath()).orElse("").replaceAll("/+$", "");
        URI base =
            new URI(given.getScheme(), null, given.getHost(), given.getPort(), path, null, null);
        String ofUrl = given.getUserInfo() == null ? "" : basic(given.getUserInfo());
        return new Node(base, authorization == null ? ofUrl : authorization);
      }
    } catch (URISyntaxException notAnAddress) {
      // said below, with what is allowed
    }
    String shown = url.replaceAll("//[^/@]*@", "//…@");
    throw new IllegalArgumentException(
        "setting schema.registry.url: '" + shown + "', allowed are http and https addresses");
  }

  private static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** Shows no secrets. */
  @Override
  public String toString() {
    return "RegistrySettings[nodes=" + nodes + ", autoRegister=" + autoRegister + "]";
  }
}
