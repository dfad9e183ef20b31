package io.faultline.rules.jobset;

import io.faultline.domain.workload.ReplicatedJobSpec;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.regex.Pattern;

/** Names of a set, which those of its Jobs and pods are made of. */
final class SetNames {

  private static final int LONGEST = 63;
  private static final Pattern DNS_1035 = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

  /** A Job's controller appends as much to the name of a pod, so that it is its own. */
  private static final String OF_ONE_POD = "-xxxxx";

  private SetNames() {}

  /** Refuses a set without a name, or with one that makes the names of its pods too long. */
  static void check(YamlMap metadata, List<ReplicatedJobSpec> jobs) {
    if (metadata.find("name").isEmpty()) {
      metadata
          .find("generateName")
          .ifPresent(
              node -> {
                throw Unsupported.problem(node, "generateName", "give the set a name");
              });
    }
    YamlNode node = metadata.require("name");
    String name = dns1035(node);
    for (ReplicatedJobSpec job : jobs) {
      String longest =
          name
              + "-"
              + job.name()
              + "-"
              + (job.replicas() - 1)
              + "-"
              + (job.pods() - 1)
              + OF_ONE_POD;
      if (longest.length() > LONGEST) {
        throw node.problem(
            "the names of its pods would have up to "
                + longest.length()
                + " characters ("
                + longest
                + "); allowed: "
                + LONGEST);
      }
    }
  }

  /** A DNS label as RFC 1035 has it, which begins with a letter. */
  static String dns1035(YamlNode node) {
    if (!DNS_1035.matcher(node.text()).matches()) {
      throw node.problem(
          "a name such as train-1 is expected (lower-case letters, digits and - inside, a letter"
              + " first, at most 63), not "
              + node.shown());
    }
    return node.text();
  }
}
