package io.faultline.server.http;

import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.resource.ResourcesLint;
import io.faultline.rules.resource.ResourcesLint.Document;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.server.control.ResourceStore;
import java.util.ArrayList;
import java.util.List;

/**
 * What a write makes hardly meant: in its document, and in any resource once the document stands
 * among them.
 */
final class WriteWarnings {

  /** The decider's settings are not known here. */
  private static final ResourcesLint.Around AROUND =
      new ResourcesLint.Around(RetrySettings.DEFAULTS.globalMaxRetries(), "", true);

  private static final int PAGE = 1_000;

  private final ResourceStore store;

  WriteWarnings(ResourceStore store) {
    this.store = store;
  }

  /** To be asked before the document is written. */
  List<String> of(ResourceKind kind, ResourceBody body) {
    List<LintWarning> all = new ArrayList<>(body.warnings());
    if (ResourcesLint.KINDS.contains(kind)) {
      all.addAll(
          ResourcesLint.ofWriting(
              new Document(kind, body.name(), body.document()), there(), AROUND));
    }
    return all.stream().map(LintWarning::toString).toList();
  }

  private List<Document> there() {
    List<Document> documents = new ArrayList<>();
    for (ResourceKind kind : ResourcesLint.KINDS) {
      List<Resource> page = store.list(kind, "", PAGE);
      while (!page.isEmpty()) {
        page.forEach(resource -> documents.add(document(resource)));
        page = store.list(kind, page.get(page.size() - 1).name(), PAGE);
      }
    }
    return documents;
  }

  private static Document document(Resource resource) {
    return new Document(
        resource.kind(), resource.name(), YamlFile.read(resource.key(), resource.body()).single());
  }
}
