package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a label says of nodes. A node that can't be read stands under its own name, which is what
 * {@code kubernetes.io/hostname} says of most.
 */
final class NodeLabels implements UnaryOperator<String> {

  private static final Logger log = LoggerFactory.getLogger(NodeLabels.class);
  private static final int MOST_KNOWN = 10_000;

  private final PodApi api;
  private final String label;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  NodeLabels(PodApi api, String label) {
    this.api = api;
    this.label = label;
  }

  @Override
  public String apply(String node) {
    String value = known.get(node);
    if (value != null) {
      return value;
    }
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    value = read(node);
    if (value == null) {
      return node;
    }
    known.put(node, value);
    return value;
  }

  private @Nullable String read(String name) {
    try {
      return api.node(name)
          .map(node -> node.getMetadata().getLabels())
          .map(labels -> labels.get(label))
          .orElse(null);
    } catch (KubernetesClientException e) {
      log.atWarn()
          .setMessage("node can't be read, its name stands for its label")
          .addKeyValue("node", name)
          .addKeyValue("label", label)
          .addKeyValue("problem", e.getMessage())
          .log();
      return null;
    }
  }
}
