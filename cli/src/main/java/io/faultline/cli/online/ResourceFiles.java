package io.faultline.cli.online;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.InputFile;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.resource.ResourceCheck;
import io.faultline.rules.resource.ResourceDocument;
import io.faultline.rules.resource.ResourceFile;
import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that name resource files, and what stands in them. */
final class ResourceFiles {

  /** What others refer to comes first. */
  static final Comparator<ResourceDocument> REFERRED_FIRST =
      Comparator.comparing(d -> d.kind() == ResourceKind.QUEUE);

  @Option(
      names = {"-f", "--file"},
      arity = "1..*",
      paramLabel = "FILE",
      description = "resource files of one or more documents; - is standard input")
  private List<String> files = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "the name of a plain document of categories, which has none of its own")
  private String name;

  /** All documents, checked, in the order in which they can be written. */
  List<ResourceDocument> read(Console console) {
    if (files.isEmpty()) {
      // not picocli's to ask for: create and update have subcommands that take none
      throw new CliException(ExitCode.BAD_INPUT, "a file is needed: -f FILE");
    }
    List<ResourceDocument> documents = new ArrayList<>();
    for (String path : files) {
      InputFile file = InputFile.read(console, path);
      List<YamlNode> nodes = file.yaml().documents();
      if (nodes.size() == 1 && plain(nodes.get(0))) {
        documents.add(categories(file, nodes.get(0)));
      } else {
        documents.addAll(ResourceFile.read(file.name(), file.text()));
      }
    }
    if (name != null && documents.stream().anyMatch(d -> !d.plain())) {
      throw new CliException(
          ExitCode.BAD_INPUT, "--name is for a plain document of categories; these have their own");
    }
    documents.sort(REFERRED_FIRST);
    return documents;
  }

  private static boolean plain(YamlNode node) {
    return node.type() == YamlNode.Type.LIST
        || (node.type() == YamlNode.Type.MAP
            && node.looseMap().find("kind").isEmpty()
            && node.looseMap().find("name").isEmpty());
  }

  private ResourceDocument categories(InputFile file, YamlNode node) {
    ResourceCheck.check(ResourceKind.CATEGORIES, node);
    if (name == null) {
      throw new CliException(
          ExitCode.BAD_INPUT, file.name() + ": a plain document of categories needs --name");
    }
    if (!ResourceHead.isDnsLabel(name)) {
      throw new CliException(
          ExitCode.BAD_INPUT,
          "--name: a name is a DNS label: lower-case letters, digits and -, at most 63, not \""
              + name
              + "\"");
    }
    return new ResourceDocument(ResourceKind.CATEGORIES, name, file.text(), node);
  }
}
