package io.faultline.schemas.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whom to trust and who we are: stores as Java reads them, or certificates to trust as PEM. */
final class RegistryTls {

  private RegistryTls() {}

  /** Null where nothing is set: then Java's own trust holds. */
  static SSLContext context(Map<String, String> values) {
    if (!values.containsKey("ssl.truststore.location")
        && !values.containsKey("ssl.keystore.location")) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(values), trusted(values), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("settings ssl.*: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trusted(Map<String, String> values)
      throws GeneralSecurityException {
    if (!values.containsKey("ssl.truststore.location")) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store(values, "ssl.truststore"));
    return factory.getTrustManagers();
  }

  private static KeyManager[] keys(Map<String, String> values) throws GeneralSecurityException {
    if (!values.containsKey("ssl.keystore.location")) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    String password = values.getOrDefault("ssl.keystore.password", "");
    factory.init(
        store(values, "ssl.keystore"),
        values.getOrDefault("ssl.key.password", password).toCharArray());
    return factory.getKeyManagers();
  }

  private static KeyStore store(Map<String, String> values, String which)
      throws GeneralSecurityException {
    Path file = Path.of(values.get(which + ".location"));
    String type = values.getOrDefault(which + ".type", "JKS");
    String password = values.get(which + ".password");
    try (InputStream in = Files.newInputStream(file)) {
      if (type.equals("PEM")) {
        return certificates(in);
      }
      KeyStore store = KeyStore.getInstance(type);
      store.load(in, password == null ? null : password.toCharArray());
      return store;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "setting " + which + ".location: can't read " + file + " as " + type + ": " + e, e);
    }
  }

  private static KeyStore certificates(InputStream in)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
      store.setCertificateEntry("ca-" + store.size(), each);
    }
    return store;
  }
}
