package io.faultline.cli.online;

import io.faultline.cli.rest.RestClient;
import io.faultline.client.Kind;
import io.faultline.client.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.resource.ResourcesLint;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;

/** The resources of a server, to be looked at all together. */
public final class ServerDocuments {
  private ServerDocuments() {}

  /**
   * All of them as they stand; the name of each stands for that of a file.
   *
   * @throws RuleFileException where one can't be read, as by an older version of this command
   */
  public static List<ResourcesLint.Document> all(RestClient client) {
    List<ResourcesLint.Document> documents = new ArrayList<>();
    for (ResourceKind kind : ResourcesLint.KINDS) {
      Kind ofClient = Kinds.client(kind);
      for (Resource listed : client.ask(c -> c.resources(ofClient).list())) {
        client
            .ask(c -> c.resources(ofClient).find(listed.name()))
            .map(Resource::body)
            .map(body -> YamlFile.read(kind.word() + "/" + listed.name(), body).single())
            .ifPresent(
                node -> documents.add(new ResourcesLint.Document(kind, listed.name(), node)));
      }
    }
    return documents;
  }
}
