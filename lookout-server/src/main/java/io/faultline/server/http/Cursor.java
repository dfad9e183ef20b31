package io.faultline.server.http;

import io.faultline.server.lookout.Keyset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** The end of a page as a query parameter, opaque to clients. */
final class Cursor {

  private static final long MICROS = 1_000_000;

  private Cursor() {}

  static String encode(Keyset place) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, place.at());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((micros + ":" + place.id()).getBytes(StandardCharsets.UTF_8));
  }

  static Keyset decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      long micros = Long.parseLong(plain.substring(0, colon));
      Instant at =
          Instant.ofEpochSecond(
              Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000L);
      return new Keyset(at, Query.printable("cursor", plain.substring(colon + 1)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Query.refused("query parameter 'cursor': '" + text + "' is not one of this server's");
    }
  }
}
