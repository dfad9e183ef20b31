package io.faultline.server.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;

/** Reads what an identity provider publishes: where its keys are, and the keys. */
final class ProviderDocuments {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final int LONGEST = 1 << 20;
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final OidcSettings settings;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  ProviderDocuments(OidcSettings settings) {
    this.settings = settings;
  }

  /**
   * The keys as they are now.
   *
   * @throws IOException where the provider is away, or answers something else
   */
  JWKSet keys() throws IOException, InterruptedException {
    String from = settings.jwksUri().isEmpty() ? discovered() : settings.jwksUri();
    try {
      return JWKSet.parse(read(from));
    } catch (ParseException e) {
      throw new IOException(from + " has no JSON Web Key Set: " + e.getMessage(), e);
    }
  }

  private String discovered() throws IOException, InterruptedException {
    String from = settings.issuer().replaceAll("/$", "") + DISCOVERY;
    try {
      Map<String, Object> document = JSONObjectUtils.parse(read(from));
      if (!settings.issuer().equals(document.get("issuer"))) {
        throw new IOException(from + " is of another issuer: " + document.get("issuer"));
      }
      return JSONObjectUtils.getURI(document, "jwks_uri").toString();
    } catch (ParseException | NullPointerException e) {
      throw new IOException(from + " does not say where the keys are", e);
    }
  }

  private String read(String from) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(from))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(from + " answered " + response.statusCode());
      }
      byte[] bytes = body.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new IOException(from + " answered more than " + LONGEST + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
