package io.faultline.rules.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of YAML or JSON documents, read whole.
 *
 * @param name as the user knows it; it starts every error message
 * @param documents in the order of the file; empty for an empty file
 */
public record YamlFile(String name, List<YamlNode> documents) {

  /** The most that is read, in bytes or characters: far more than 10,000 rules need. */
  public static final int MAX_SIZE = 32 << 20;

  /** Copies the list. */
  public YamlFile {
    documents = List.copyOf(documents);
  }

  /**
   * Reads bytes, which must be UTF-8.
   *
   * @throws RuleFileException where they are not, with the place of the first wrong byte, or where
   *     the text is neither YAML nor JSON
   */
  public static YamlFile read(String name, byte[] bytes) {
    if (bytes.length > MAX_SIZE) {
      throw tooLarge(name);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw notUtf8(name, bytes, in.position(), out.flip());
    }
    return read(name, out.flip().toString());
  }

  /**
   * Reads text.
   *
   * @throws RuleFileException where it is neither YAML nor JSON
   */
  public static YamlFile read(String name, String text) {
    if (text.length() > MAX_SIZE) {
      throw tooLarge(name);
    }
    return JsonComposer.compose(name, text)
        .map(document -> new YamlFile(name, List.of(document)))
        .orElseGet(() -> new YamlFile(name, new YamlComposer(name, text).compose()));
  }

  /**
   * The only document.
   *
   * @throws RuleFileException where there is none or more than one
   */
  public YamlNode single() {
    if (documents.isEmpty()) {
      throw new RuleFileException(name, 0, 0, "", "the file is empty");
    }
    if (documents.size() > 1) {
      throw documents.get(1).problem("one document is expected, and here a second one begins");
    }
    return documents.get(0);
  }

  private static RuleFileException tooLarge(String name) {
    return new RuleFileException(
        name, 0, 0, "", "the file is larger than " + (MAX_SIZE >> 20) + " MiB");
  }

  private static RuleFileException notUtf8(
      String name, byte[] bytes, int offset, CharBuffer before) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < before.length(); i++) {
      boolean end = before.charAt(i) == '\n';
      line += end ? 1 : 0;
      column = end ? 1 : column + 1;
    }
    return new RuleFileException(
        name,
        line,
        column,
        "",
        String.format("byte %d (0x%02x) is not UTF-8", offset, bytes[offset] & 0xff));
  }
}
