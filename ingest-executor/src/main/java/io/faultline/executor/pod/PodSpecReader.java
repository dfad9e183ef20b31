package io.faultline.executor.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.resources.ContainerAmount;
import io.faultline.domain.resources.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a pod spec as JSON. Fields that processes have no use for are read past, as Kubernetes
 * objects are everywhere; those that change what a container would see, and can't be honoured, are
 * refused: a job that runs without its volume fails in ways nobody understands.
 */
public final class PodSpecReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

  private static final int MOST_CONTAINERS = 100;
  private static final int LONGEST_IMAGE = 1024;

  private PodSpecReader() {}

  /**
   * Reads a job's pod spec.
   *
   * @throws PodSpecException where it can't be run; the message names the place
   */
  public static PodSpec read(JobSpec job) {
    JsonNode root;
    try {
      root = JSON.readTree(job.podSpec());
    } catch (JsonProcessingException e) {
      throw new PodSpecException("spec", "is not JSON: " + e.getOriginalMessage());
    }
    SpecField spec = new SpecField("spec", root);
    if (!root.isObject()) {
      throw spec.wrong("an object with containers");
    }
    SpecField restart = spec.get("restartPolicy");
    if (!RestartPolicies.allows(job, restart.text("Never"))) {
      throw restart.wrong(RestartPolicies.allowed(job));
    }
    Set<String> names = new HashSet<>();
    List<ContainerSpec> regular = containers(spec.get("containers"), ContainerRole.REGULAR, names);
    if (regular.isEmpty()) {
      throw new PodSpecException("spec.containers", "is empty; allowed: at least one container");
    }
    List<ContainerSpec> init = containers(spec.get("initContainers"), ContainerRole.INIT, names);
    if (names.size() > MOST_CONTAINERS) {
      throw new PodSpecException(
          "spec",
          "has "
              + names.size()
              + " containers; allowed: at most "
              + MOST_CONTAINERS
              + ", so that what is said of all of them fits into a record");
    }
    return new PodSpec(
        regular,
        init,
        spec.get("activeDeadlineSeconds").whole(1),
        spec.get("terminationGracePeriodSeconds").whole(0).orElse(30));
  }

  private static List<ContainerSpec> containers(
      SpecField list, ContainerRole role, Set<String> names) {
    List<ContainerSpec> containers = new ArrayList<>();
    for (SpecField item : list.objects()) {
      containers.add(container(item, role, names));
    }
    return containers;
  }

  private static ContainerSpec container(SpecField field, ContainerRole role, Set<String> names) {
    String name = field.get("name").text("");
    if (!LABEL.matcher(name).matches()) {
      throw new PodSpecException(
          field.place() + ".name",
          "'" + name + "' is no container's name; allowed: 1 to 63 of a-z, 0-9 and - between");
    }
    if (!names.add(name)) {
      throw new PodSpecException(field.place() + ".name", "'" + name + "' is there twice");
    }
    refuse(field, "volumeMounts", "no mounts: local processes see this machine's files");
    refuse(field, "volumeDevices", "no devices: local processes see this machine's files");
    refuse(field, "envFrom", "plain env: there are no config maps and secrets here");
    if (!field.get("restartPolicy").absent()) {
      throw field.get("restartPolicy").wrong("none: containers that restart are not supported");
    }
    List<String> command = field.get("command").texts();
    List<String> args = field.get("args").texts();
    if (command.isEmpty()) {
      // as in an image without an entry point, of which the arguments are the whole command
      command = args;
      args = List.of();
    }
    if (command.isEmpty() || command.get(0).isEmpty()) {
      throw new PodSpecException(
          field.place() + ".command",
          "is empty, and so is args; allowed: a program to run, since no image is used");
    }
    String workingDir = field.get("workingDir").text("");
    if ((!workingDir.isEmpty() && !workingDir.startsWith("/")) || workingDir.indexOf('\n') >= 0) {
      throw field.get("workingDir").wrong("an absolute path on one line");
    }
    SpecField requests = field.get("resources").get("requests");
    SpecField limits = field.get("resources").get("limits");
    Quantity request = requests.get("memory").quantity();
    Quantity limit = limits.get("memory").quantity();
    if (request != null && limit != null && request.value().compareTo(limit.value()) > 0) {
      throw requests.get("memory").wrong("no more than the limit, " + limit);
    }
    boolean init = role == ContainerRole.INIT;
    return new ContainerSpec(
        name,
        role,
        image(field.get("image")),
        command,
        args,
        env(field.get("env")),
        workingDir,
        new ContainerAmount(
            name, init, requests.get("cpu").quantity(), limits.get("cpu").quantity()),
        new ContainerAmount(name, init, request, limit),
        messagePath(field.get("terminationMessagePath")),
        fallback(field.get("terminationMessagePolicy")));
  }

  private static List<EnvVar> env(SpecField list) {
    List<EnvVar> env = new ArrayList<>();
    for (SpecField item : list.objects()) {
      String name = item.get("name").text("");
      if (!VARIABLE.matcher(name).matches()) {
        throw new PodSpecException(
            item.place() + ".name",
            "'" + name + "' is no variable's name; allowed: letters, digits, -, _ and .");
      }
      SpecField from = item.get("valueFrom");
      String path = from.get("fieldRef").get("fieldPath").text("");
      if (!from.absent() && path.isEmpty()) {
        throw from.wrong("fieldRef alone: there are no config maps and secrets here");
      }
      env.add(new EnvVar(name, item.get("value").text(""), path));
    }
    return env;
  }

  private static String image(SpecField field) {
    String image = field.text("");
    if (image.length() > LONGEST_IMAGE) {
      throw field.wrong("at most " + LONGEST_IMAGE + " characters");
    }
    return image;
  }

  private static String messagePath(SpecField field) {
    String path = field.text(ContainerSpec.DEFAULT_MESSAGE_PATH);
    if (path.isEmpty()) {
      return ContainerSpec.DEFAULT_MESSAGE_PATH;
    }
    if (!path.startsWith("/")) {
      throw field.wrong("an absolute path");
    }
    return path;
  }

  private static boolean fallback(SpecField field) {
    String policy = field.text("File");
    if (!policy.equals("File") && !policy.equals("FallbackToLogsOnError")) {
      throw field.wrong("File or FallbackToLogsOnError");
    }
    return policy.equals("FallbackToLogsOnError");
  }

  private static void refuse(SpecField container, String name, String allowed) {
    SpecField field = container.get(name);
    if (!field.absent() && !field.node().isEmpty()) {
      throw field.wrong(allowed);
    }
  }
}
