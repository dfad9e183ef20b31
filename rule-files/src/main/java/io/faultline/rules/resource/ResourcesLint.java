package io.faultline.rules.resource;

import static java.util.stream.Collectors.toSet;

import io.faultline.domain.resource.QueueDefinition;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.lint.NearestWord;
import io.faultline.rules.resource.TakenTogether.Written;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what in several resources is hardly meant, once they are seen together. */
public final class ResourcesLint {

  /** The kinds of resources that say anything of each other. */
  public static final List<ResourceKind> KINDS =
      List.of(ResourceKind.QUEUE, ResourceKind.CATEGORIES, ResourceKind.RETRY_POLICY);

  /**
   * What is known beside the documents.
   *
   * @param globalMaxRetries the cap over all policies
   * @param defaultPolicy the policy of queues that name none; empty for none
   * @param complete whether the documents are all there are. Where they are not, a name is only
   *     missed where there is another resource of its kind
   */
  public record Around(int globalMaxRetries, String defaultPolicy, boolean complete) {

    /** Some files, with settings as they are where nothing is set. */
    public static final Around SOME_FILES =
        new Around(RetrySettings.DEFAULTS.globalMaxRetries(), "", false);
  }

  /**
   * A resource to look at.
   *
   * @param node one that the reader of its kind takes
   */
  public record Document(ResourceKind kind, String name, YamlNode node) {

    /** By what a document says of itself; empty where it is no resource. */
    public static Optional<Document> of(YamlNode node) {
      return AnyDocument.kind(node).map(kind -> new Document(kind, nameOf(node), node));
    }

    /** A plain document of categories is applied as the default one. */
    private static String nameOf(YamlNode node) {
      return node.type() == YamlNode.Type.MAP && node.looseMap().find("name").isPresent()
          ? node.looseMap().require("name").text()
          : QueueDefinition.CATEGORIES;
    }
  }

  private final TakenTogether all;
  private final Around around;
  private final List<LintWarning> warnings = new ArrayList<>();

  private ResourcesLint(TakenTogether all, Around around) {
    this.all = all;
    this.around = around;
  }

  /**
   * The warnings that no document gives rise to by itself.
   *
   * @param documents each of another kind or name
   */
  public static List<LintWarning> of(Collection<Document> documents, Around around) {
    return of(TakenTogether.of(documents), around);
  }

  /**
   * The warnings that writing one document gives rise to, about itself, or about others in places
   * where there was none.
   *
   * @param written the document, whose file's name is not one of the others'
   * @param there what stands before, each of another kind or name; what its reader refuses is
   *     passed over
   */
  public static List<LintWarning> ofWriting(
      Document written, Collection<Document> there, Around around) {
    TakenTogether before = TakenTogether.ofReadable(there);
    Set<String> known = of(before, around).stream().map(LintWarning::place).collect(toSet());
    return of(before.with(written), around).stream()
        .filter(warning -> !known.contains(warning.place()))
        .toList();
  }

  private static List<LintWarning> of(TakenTogether all, Around around) {
    ResourcesLint lint = new ResourcesLint(all, around);
    lint.check();
    return List.copyOf(lint.warnings);
  }

  private void check() {
    if (!around.defaultPolicy().isEmpty() && arePoliciesKnown()) {
      unknown(around.defaultPolicy(), all.policies().keySet())
          .ifPresent(
              problem ->
                  warnings.add(
                      new LintWarning(
                          "retryPolicy.defaultPolicyName",
                          0,
                          0,
                          "",
                          "no policy is named" + problem)));
    }
    all.queues().values().forEach(this::queue);
    all.policies().values().forEach(this::policy);
  }

  private boolean arePoliciesKnown() {
    return around.complete() || !all.policies().isEmpty();
  }

  private void queue(Written<QueueDefinition> queue) {
    YamlMap map = queue.node().map();
    List<YamlNode> named = new ArrayList<>(map.listOrEmpty("retryPolicies"));
    map.find("retryPolicy").filter(n -> !n.text().isEmpty()).ifPresent(named::add);
    List<YamlNode> policies = new ArrayList<>(named);
    map.find("shadowPolicy").filter(n -> !n.text().isEmpty()).ifPresent(policies::add);
    if (arePoliciesKnown()) {
      policies.forEach(node -> reference(node, "policy", all.policies().keySet()));
    }
    if (around.complete() || !all.categories().isEmpty()) {
      map.find("categories")
          .ifPresent(node -> reference(node, "set of categories", all.categories().keySet()));
    }
    if (named.stream().allMatch(node -> all.policies().containsKey(node.text()))) {
      ChainLint.of(
          queue.value().name(),
          named,
          named.stream().map(node -> all.policies().get(node.text())).toList(),
          warnings);
    }
  }

  private void reference(YamlNode node, String what, Collection<String> known) {
    unknown(node.text(), known)
        .ifPresent(
            problem -> warnings.add(LintWarning.at(node, "no " + what + " is named" + problem)));
  }

  private static Optional<String> unknown(String name, Collection<String> known) {
    if (known.contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        " \""
            + name
            + "\""
            + NearestWord.to(name, known).map(near -> " (did you mean " + near + "?)").orElse("")
            + (known.isEmpty() ? "; there is none" : "; there are: " + String.join(", ", known)));
  }

  private void policy(Written<RetryPolicy> policy) {
    CapLint.of(policy, around.globalMaxRetries(), warnings);
    if (!all.categories().isEmpty()) {
      MadeCategories.by(all, around, policy.value().name()).check(policy, warnings);
    }
  }
}
