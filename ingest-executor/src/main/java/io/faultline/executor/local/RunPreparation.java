package io.faultline.executor.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.domain.job.RunRequest;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.local.RunRecord.KeptContainer;
import io.faultline.executor.pod.ContainerSpec;
import io.faultline.executor.pod.EnvVar;
import io.faultline.executor.pod.PodIdentity;
import io.faultline.executor.pod.PodSpec;
import io.faultline.executor.pod.PodSpecException;
import io.faultline.executor.pod.References;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a run's folder: all that the supervisor needs, so that it can be started at any time. */
final class RunPreparation {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalSettings settings;
  private final Launcher launcher;
  private final Path heartbeat;

  RunPreparation(LocalSettings settings, Launcher launcher, Path heartbeat) {
    this.settings = settings;
    this.launcher = launcher;
    this.heartbeat = heartbeat;
  }

  /**
   * Writes the folder at one place as it will be used at another.
   *
   * @param draft where it is written; is there, and empty
   * @param home where it will be
   * @param groups the control group of each container, regular ones first; empty texts for none
   */
  RunRecord write(Path draft, RunFolder home, PodOrder order, PodSpec pod, List<String> groups)
      throws IOException {
    PodIdentity identity = PodIdentity.of(order);
    List<ContainerSpec> all = new ArrayList<>(pod.containers());
    all.addAll(pod.initContainers());
    List<KeptContainer> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      kept.add(container(draft, home, i, order, identity, all.get(i), groups.get(i)));
    }
    RunRecord run =
        new RunRecord(
            order.runId(),
            order.request().job().jobId(),
            order.request().podName(),
            pod.graceSeconds(),
            pod.needs(),
            kept);
    Files.writeString(draft.resolve("plan"), plan(pod));
    Files.write(draft.resolve(RunRecord.FILE), JSON.writeValueAsBytes(run));
    return run;
  }

  /** What {@link #write} kept. */
  static RunRecord read(RunFolder folder) throws IOException {
    return JSON.readValue(folder.path().resolve(RunRecord.FILE).toFile(), RunRecord.class);
  }

  private String plan(PodSpec pod) {
    int regular = pod.containers().size();
    int all = regular + pod.initContainers().size();
    return numbers(regular, all)
        + "\n"
        + numbers(0, regular)
        + "\n"
        + pod.activeDeadlineSeconds().orElse(-1)
        + " "
        + pod.graceSeconds()
        + " "
        + (settings.silence().isZero() ? -1 : settings.silence().toSeconds())
        + " "
        + Math.min(pod.graceSeconds(), settings.leaseGrace().toSeconds())
        + "\n"
        + heartbeat
        + "\n";
  }

  private static String numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  private KeptContainer container(
      Path draft,
      RunFolder home,
      int number,
      PodOrder order,
      PodIdentity identity,
      ContainerSpec spec,
      String group)
      throws IOException {
    Path folder = new RunFolder(draft).container(number);
    Path own = home.container(number);
    Files.createDirectories(folder.resolve("work"));
    Files.createFile(folder.resolve("log"));
    Files.createFile(folder.resolve("message"));
    Path message = own.resolve("message");
    TerminationPath path =
        new TerminationPath(
            settings.plainDirectory() ? spec.terminationMessagePath() : message.toString(),
            message.toString());
    Map<String, String> variables = variables(home, order, identity, spec, path);
    List<String> command = new ArrayList<>();
    for (List<String> part : List.of(spec.command(), spec.args())) {
      for (String word : part) {
        command.add(path.replaceIn(References.expand(word, variables)));
      }
    }
    String workingDir =
        spec.workingDir().isEmpty() ? own.resolve("work").toString() : spec.workingDir();
    Files.writeString(folder.resolve("directory"), workingDir + "\n");
    Files.write(folder.resolve("words"), words(launcher.commandLine(variables, command)));
    if (!group.isEmpty()) {
      Files.writeString(folder.resolve("cgroup"), group + "\n");
    }
    return new KeptContainer(
        spec.name(),
        spec.role(),
        spec.image(),
        spec.memoryLimitBytes(),
        spec.fallbackToLogs(),
        group,
        missing(command.get(0), variables.get("PATH"), workingDir));
  }

  private Map<String, String> variables(
      RunFolder home,
      PodOrder order,
      PodIdentity identity,
      ContainerSpec spec,
      TerminationPath path) {
    RunRequest request = order.request();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", Launcher.searchPath());
    variables.put("HOME", System.getProperty("user.home"));
    variables.put(
        "HOSTNAME", identity.hostname().isEmpty() ? request.podName() : identity.hostname());
    variables.put("FAULTLINE_JOB_ID", request.job().jobId());
    variables.put("FAULTLINE_RUN_ID", request.run().runId());
    variables.put("FAULTLINE_RUN_INDEX", Integer.toString(request.run().index()));
    variables.putAll(identity.variables());
    for (EnvVar variable : spec.env()) {
      String value =
          variable.fieldPath().isEmpty()
              ? References.expand(variable.value(), variables)
              : field(variable.fieldPath(), order, identity);
      variables.put(variable.name(), path.replaceIn(value));
    }
    variables.put("FAULTLINE_TERMINATION_MESSAGE_PATH", path.own());
    variables.put(RunFolder.MARK, home.path().toString());
    return variables;
  }

  private String field(String path, PodOrder order, PodIdentity identity) {
    return switch (path) {
      case "metadata.name" -> order.request().podName();
      case "metadata.namespace" -> order.spec().namespace();
      case "metadata.uid" -> order.runId();
      case "spec.nodeName" -> settings.node();
      case "status.podIP", "status.hostIP" -> "127.0.0.1";
      default -> {
        if (path.startsWith("metadata.labels['") && path.endsWith("']")) {
          yield identity.labels().getOrDefault(path.substring(17, path.length() - 2), "");
        }
        if (path.startsWith("metadata.annotations['") && path.endsWith("']")) {
          yield identity.annotations().getOrDefault(path.substring(22, path.length() - 2), "");
        }
        throw new PodSpecException(
            "spec.containers[].env[].valueFrom.fieldRef.fieldPath",
            "'"
                + path
                + "' is not known; allowed: metadata.name, .namespace, .uid, .labels['KEY'],"
                + " .annotations['KEY'], spec.nodeName, status.podIP, status.hostIP");
      }
    };
  }

  /** Each word as a number of lines and the lines: read back by the supervisor as it was. */
  static byte[] words(List<String> words) {
    StringBuilder out = new StringBuilder();
    for (String word : words) {
      out.append(word.chars().filter(c -> c == '\n').count() + 1).append('\n');
      out.append(word).append('\n');
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String missing(String program, String path, String workingDir) {
    String found =
        program.indexOf('/') > 0
            ? Launcher.find(workingDir + "/" + program, path)
            : Launcher.find(program, path);
    if (found != null) {
      return "";
    }
    boolean there = program.indexOf('/') >= 0 && Files.exists(Path.of(workingDir).resolve(program));
    return "exec: \""
        + program
        + "\": "
        + (there
            ? "permission denied"
            : program.indexOf('/') >= 0
                ? "no such file or directory"
                : "executable file not found in $PATH");
  }

  /** A new, empty folder that only we may enter. */
  static void createPrivate(Path folder) throws IOException {
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
