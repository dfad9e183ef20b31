package io.faultline.rules.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fenced block of a document.
 *
 * @param place the document and the line where it begins
 * @param language what stands after the fence, for example {@code yaml resources}
 * @param text what stands in it
 */
record MarkdownBlock(String place, String language, String text) {

  /** All blocks of a language in all documents. */
  static List<MarkdownBlock> of(String language) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .flatMap(file -> in(file).stream())
          .filter(block -> block.language().equals(language))
          .toList();
    }
  }

  /** All blocks of a document. */
  static List<MarkdownBlock> in(Path file) {
    try {
      List<MarkdownBlock> blocks = new ArrayList<>();
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith("```")) {
          int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
          blocks.add(
              new MarkdownBlock(
                  file.getFileName() + "#" + (i + 1),
                  lines.get(i).substring(3),
                  String.join("\n", lines.subList(i + 1, end)) + "\n"));
          i = end;
        }
      }
      return blocks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
