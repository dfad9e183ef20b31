package io.faultline.rules.table;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a test names, by paths from the folder it stands in. Each is read once. Where a
 * document is expected, text is a path and all else is the document itself.
 */
public final class NamedFiles {
  private final Path folder;
  private final Map<String, YamlFile> read = new HashMap<>();

  /**
   * Those of a test.
   *
   * @param folder where the test stands; the empty path for the folder of this process
   */
  public NamedFiles(Path folder) {
    this.folder = folder;
  }

  /** A document; a file that is named must hold just one. */
  YamlNode document(YamlNode node) {
    return node.type() == YamlNode.Type.TEXT ? file(node, node.text()).single() : node;
  }

  /**
   * A resource, in any form that {@code lint} takes. Of a file of several documents the only one of
   * its kind is meant, or the one that is named after a {@code #}.
   */
  YamlNode resource(YamlNode node, ResourceKind kind) {
    if (node.type() != YamlNode.Type.TEXT) {
      return node;
    }
    String path = node.text();
    int mark = path.lastIndexOf('#');
    if (mark < 0 || !ResourceHead.isDnsLabel(path.substring(mark + 1))) {
      return only(node, path, file(node, path), kind);
    }
    String name = path.substring(mark + 1);
    List<YamlNode> candidates = of(file(node, path.substring(0, mark)), kind);
    return candidates.stream()
        .filter(document -> name(document).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                node.problem(
                    "%s: there is no such %s; there are: %s"
                        .formatted(
                            node.shown(),
                            kind.word(),
                            candidates.stream().map(NamedFiles::name).toList())));
  }

  private static YamlNode only(YamlNode node, String path, YamlFile file, ResourceKind kind) {
    List<YamlNode> documents = file.documents().stream().filter(d -> !d.isNull()).toList();
    if (documents.size() <= 1) {
      return documents.isEmpty() ? file.single() : documents.get(0);
    }
    List<YamlNode> candidates = of(file, kind);
    if (candidates.size() != 1) {
      List<String> names = candidates.stream().map(d -> path + "#" + name(d)).toList();
      throw node.problem(
          "%s has %d documents of kind %s%s"
              .formatted(
                  node.shown(),
                  candidates.size(),
                  kind.word(),
                  names.isEmpty() ? "" : "; name one: " + String.join(", ", names)));
    }
    return candidates.get(0);
  }

  private static List<YamlNode> of(YamlFile file, ResourceKind kind) {
    return file.documents().stream()
        .filter(d -> d.type() == YamlNode.Type.MAP)
        .filter(d -> d.looseMap().textOrEmpty("kind").equals(kind.word()))
        .toList();
  }

  private static String name(YamlNode resource) {
    return resource.looseMap().textOrEmpty("name");
  }

  private YamlFile file(YamlNode node, String path) {
    YamlFile known = read.get(path);
    if (known == null) {
      known = open(node, path);
      read.put(path, known);
    }
    return known;
  }

  private YamlFile open(YamlNode node, String path) {
    try {
      Path file = folder.resolve(path);
      if (Files.isDirectory(file)) {
        throw node.problem(node.shown() + ": a file is expected, not a folder");
      }
      try (InputStream in = Files.newInputStream(file)) {
        // one byte more than is read, so that a larger file is seen to be one
        byte[] bytes = in.readNBytes(YamlFile.MAX_SIZE + 1);
        return YamlFile.read(file.normalize().toString(), bytes);
      }
    } catch (NoSuchFileException e) {
      throw node.problem(node.shown() + ": no such file");
    } catch (AccessDeniedException e) {
      throw node.problem(node.shown() + ": may not be read");
    } catch (IOException | InvalidPathException e) {
      throw node.problem(node.shown() + ": " + e.getMessage());
    }
  }
}
