package io.faultline.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A small identity provider on loopback, which signs with real keys. */
public final class Issuer implements AutoCloseable {

  public static final String AUDIENCE = "faultline";

  private final HttpServer http;
  private volatile List<JWK> published;
  private volatile boolean away;
  private volatile String says;
  final AtomicInteger readings = new AtomicInteger();

  public Issuer(JWK... keys) throws IOException {
    published = List.of(keys);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange,
                "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(says, url())));
    http.createContext(
        "/keys",
        exchange -> {
          readings.incrementAndGet();
          answer(exchange, new JWKSet(published).toPublicJWKSet().toString());
        });
    says = url();
    http.start();
  }

  private void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(away ? 503 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** What the server is told of it. */
  public Map<String, String> settings() {
    return Map.of("auth.oidc.issuer", url(), "auth.oidc.audience", AUDIENCE);
  }

  /** From now on these are its keys. */
  public void publishes(JWK... keys) {
    published = List.of(keys);
  }

  /** Whether it answers 503. */
  public void away(boolean now) {
    away = now;
  }

  /** What its discovery document calls it. */
  void says(String issuer) {
    says = issuer;
  }

  @Override
  public void close() {
    http.stop(0);
  }

  /** Claims that are in order. */
  public JWTClaimsSet.Builder claims(String user, String... groups) {
    return new JWTClaimsSet.Builder()
        .issuer(url())
        .audience(List.of("another", AUDIENCE))
        .subject(user)
        .claim("groups", List.of(groups))
        .expirationTime(in(300));
  }

  static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  public static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String sign(JWTClaimsSet.Builder claims, JWK key) {
    try {
      boolean rsa = key instanceof RSAKey;
      JWSSigner signer = rsa ? new RSASSASigner(key.toRSAKey()) : new ECDSASigner(key.toECKey());
      return sign(claims, rsa ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256, key.getKeyID(), signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sign(
      JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, String keyId, JWSSigner signer) {
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(algorithm).keyID(keyId).type(JOSEObjectType.JWT).build(),
              claims.build());
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
