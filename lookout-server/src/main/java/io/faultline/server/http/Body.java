package io.faultline.server.http;

import io.faultline.server.access.Sha256;
import io.faultline.server.http.Problem.Kind;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The body of a request: JSON or YAML, in UTF-8, within a limit.
 *
 * @param text what was sent
 * @param sha256 the hash of the bytes that were sent, lower-case hex
 */
record Body(String text, String sha256) {

  static final int MAX_BYTES = 16 << 20;

  private static final long MOST_PASSED_OVER = 4L * MAX_BYTES;

  private static final Set<String> MEDIA_TYPES =
      Set.of("application/json", "application/yaml", "application/x-yaml", "text/yaml");

  /** Reads the body; the media type must be JSON's or YAML's. */
  static Body read(Context context) {
    checkMediaType(context);
    byte[] bytes = bytes(context);
    return new Body(decode(bytes), Sha256.hex(bytes));
  }

  /** Reads the body, and takes an absent one for an empty JSON object. */
  static Body readOptional(Context context) {
    byte[] bytes = bytes(context);
    if (bytes.length == 0) {
      return new Body("{}", Sha256.hex(bytes));
    }
    checkMediaType(context);
    return new Body(decode(bytes), Sha256.hex(bytes));
  }

  private static void checkMediaType(Context context) {
    String encoding = context.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("Content-Encoding '" + encoding + "' is not supported; allowed: identity");
    }
    String given = context.header("Content-Type");
    String[] parts = given == null ? new String[] {"(none)"} : given.split(";");
    if (!MEDIA_TYPES.contains(parts[0].trim().toLowerCase(Locale.ROOT))) {
      throw unsupported(
          "Content-Type '%s' is not supported; allowed: application/json, application/yaml"
              .formatted(parts[0].trim()));
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim().toLowerCase(Locale.ROOT).replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        throw unsupported("'" + parts[i].trim() + "' is not supported; allowed: charset=utf-8");
      }
    }
  }

  private static byte[] bytes(Context context) {
    long announced = context.req().getContentLengthLong();
    try {
      InputStream body = context.bodyInputStream();
      byte[] bytes = announced > MAX_BYTES ? new byte[0] : body.readNBytes(MAX_BYTES + 1);
      if (announced > MAX_BYTES || bytes.length > MAX_BYTES) {
        // who is still sending when the connection ends never reads why
        body.skip(MOST_PASSED_OVER);
        throw tooLarge();
      }
      return bytes;
    } catch (IOException e) {
      throw Query.refused("the body ended early: " + e.getMessage());
    }
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw Query.refused("the body is not UTF-8");
    }
  }

  private static ProblemException unsupported(String detail) {
    return Problem.of(Kind.UNSUPPORTED_MEDIA_TYPE, detail).exception();
  }

  private static ProblemException tooLarge() {
    return Problem.of(Kind.TOO_LARGE, "the body is over " + MAX_BYTES + " bytes").exception();
  }
}
