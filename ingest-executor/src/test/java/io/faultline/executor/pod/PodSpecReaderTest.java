package io.faultline.executor.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.retry.GrantedGrowth;
import io.faultline.domain.retry.RunMutations;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.cluster.Room;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a pod spec is honoured, read past, or refused. */
class PodSpecReaderTest {

  private static PodSpec read(String json) {
    return PodSpecReader.read(PodOrders.of(json).spec());
  }

  private static PodSpec container(String fields) {
    return read("{\"containers\":[{\"name\":\"main\",\"command\":[\"true\"]" + fields + "}]}");
  }

  @Test
  void defaultsAreThoseOfKubernetes() {
    PodSpec spec = container("");
    assertThat(spec.activeDeadlineSeconds()).isEmpty();
    assertThat(spec.graceSeconds()).isEqualTo(30);
    ContainerSpec main = spec.containers().get(0);
    assertThat(main.role()).isEqualTo(ContainerRole.REGULAR);
    assertThat(main.terminationMessagePath()).isEqualTo("/dev/termination-log");
    assertThat(main.fallbackToLogs()).isFalse();
    assertThat(main.memoryLimitBytes()).isZero();
    assertThat(spec.needs()).isEqualTo(new Room(1, 0, 0));
  }

  @Test
  void everyFieldThatIsHonouredIsRead() {
    PodSpec spec =
        read(
            """
            {"restartPolicy": "Never", "activeDeadlineSeconds": 60, "terminationGracePeriodSeconds": 0,
             "nodeSelector": {"read": "past"}, "volumes": [{"name": "data", "emptyDir": {}}],
             "initContainers": [{"name": "init", "command": ["true"],
               "resources": {"requests": {"memory": "1Gi", "cpu": "2"}}}],
             "containers": [
               {"name": "a", "image": "app:1", "command": ["run"], "args": ["-x", ""], "workingDir": "/tmp",
                "env": [{"name": "A.b", "value": "1"}, {"name": "N",
                         "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
                "volumeMounts": [],
                "terminationMessagePath": "/x", "terminationMessagePolicy": "FallbackToLogsOnError",
                "resources": {"requests": {"cpu": "250m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}}},
               {"name": "b", "command": ["run"], "resources": {"limits": {"cpu": 1, "memory": 1000}}}]}
            """);
    assertThat(spec.activeDeadlineSeconds()).isEqualTo(OptionalLong.of(60));
    assertThat(spec.graceSeconds()).isZero();
    ContainerSpec a = spec.containers().get(0);
    assertThat(a.args()).containsExactly("-x", "");
    assertThat(a.env())
        .containsExactly(new EnvVar("A.b", "1", ""), new EnvVar("N", "", "metadata.name"));
    assertThat(a.fallbackToLogs()).isTrue();
    assertThat(a.memoryLimitBytes()).isEqualTo(128 << 20);
    assertThat(spec.initContainers().get(0).role()).isEqualTo(ContainerRole.INIT);
    // the init container's request is the larger one; a limit alone is a request too
    assertThat(spec.needs()).isEqualTo(new Room(1, 2000, 1 << 30));
  }

  /** As in an image without an entry point; most of the world's job files are written so. */
  @Test
  void argumentsAloneAreTheWholeCommand() {
    PodSpec spec = read("{\"containers\": [{\"name\": \"a\", \"args\": [\"ls\", \"-l\"]}]}");
    assertThat(spec.containers().get(0).command()).containsExactly("ls", "-l");
    assertThat(spec.containers().get(0).args()).isEmpty();
  }

  private static GrantedGrowth grown(Amount amount) {
    return new GrantedGrowth(new Growth.Factor(amount, "1.5", null), "p", "r", 0);
  }

  @Test
  void amountsGrowAsTheyWereGranted() {
    PodSpec spec =
        read(
            """
            {"containers": [{"name": "a", "command": ["x"],
               "resources": {"requests": {"memory": "100Mi"}, "limits": {"memory": "200Mi", "cpu": "501m"}}},
              {"name": "b", "command": ["x"]}],
             "activeDeadlineSeconds": 15}
            """);
    PodSpec grown =
        spec.mutated(
            new RunMutations(
                List.of(),
                List.of(),
                List.of(
                    grown(Amount.MEMORY),
                    grown(Amount.MEMORY),
                    grown(Amount.CPU),
                    grown(Amount.ACTIVE_DEADLINE))));
    assertThat(grown.containers().get(0).memoryRequestBytes()).isEqualTo(225L << 20);
    assertThat(grown.containers().get(0).memoryLimitBytes()).isEqualTo(450L << 20);
    assertThat(grown.containers().get(1).memoryLimitBytes()).isZero();
    assertThat(grown.containers().get(0).milliCpu()).isEqualTo(752);
    assertThat(grown.containers().get(1).milliCpu()).isZero();
    assertThat(grown.activeDeadlineSeconds()).hasValue(23);
    assertThat(spec.mutated(RunMutations.NONE)).isEqualTo(spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json                                | spec | is not JSON",
        "[]                                      | spec | an object",
        "{}                                      | spec.containers | at least one",
        "{'containers': {}}                      | spec.containers | a list",
        "{'containers': ['x']}                   | spec.containers[0] | an object",
        "{'containers': [null]}                  | spec.containers[0] | an object",
        "{'initContainers': [null], 'containers': [{'name': 'a', 'command': ['x']}]} |"
            + " spec.initContainers[0] | an object",
        "{'restartPolicy': 'Always', 'containers': []} | spec.restartPolicy | Never",
        "{'activeDeadlineSeconds': 0, 'containers': [{'name': 'a', 'command': ['x']}]} |"
            + " spec.activeDeadlineSeconds | from 1",
        "{'terminationGracePeriodSeconds': '5', 'containers': [{'name': 'a', 'command': ['x']}]} |"
            + " spec.terminationGracePeriodSeconds | a whole number",
      })
  void aSpecThatCanNotBeRunIsRefusedByPlace(String json, String place, String allowed) {
    refused(json.replace('\'', '"'), place, allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'command': ['x']                              | .name | '' is no container",
        "'name': 'A', 'command': ['x']                 | .name | a-z",
        "'name': 'a'                                   | .command | a program to run",
        "'name': 'a', 'command': ['']                  | .command | a program to run",
        "'name': 'a', 'args': ['', 'x']                | .command | a program to run",
        "'name': 'a', 'command': 'x'                   | .command | a list",
        "'name': 'a', 'command': [1]                   | .command[0] | a text",
        "'name': 'a', 'command': ['x\\u0000']          | .command[0] | NUL",
        "'name': 'a', 'command': ['x'], 'args': [null] | .args[0] | a text",
        "'name': 'a', 'command': ['x'], 'workingDir': 'b'  | .workingDir | an absolute path",
        "'name': 'a', 'command': ['x'], 'env': [{'name': 'A=B'}] | .env[0].name | a variable",
        "'name': 'a', 'command': ['x'], 'env': [{'name': 'A', 'valueFrom': {'secretKeyRef': {}}}] |"
            + " .env[0].valueFrom | no config maps and secrets",
        "'name': 'a', 'command': ['x'], 'env': [null] | .env[0] | an object",
        "'name': 'a', 'command': ['x'], 'envFrom': [{}] | .envFrom | plain env",
        "'name': 'a', 'command': ['x'], 'volumeMounts': [{}] | .volumeMounts | no mounts",
        "'name': 'a', 'command': ['x'], 'restartPolicy': 'Always' | .restartPolicy | not supported",
        "'name': 'a', 'command': ['x'], 'terminationMessagePolicy': 'Logs' |"
            + " .terminationMessagePolicy | File or FallbackToLogsOnError",
        "'name': 'a', 'command': ['x'], 'terminationMessagePath': 'x' | .terminationMessagePath |"
            + " an absolute path",
        "'name': 'a', 'command': ['x'], 'resources': {'limits': {'memory': '1 GB'}} |"
            + " .resources.limits.memory | quantity",
        "'name': 'a', 'command': ['x'], 'resources': {'limits': {'memory': true}} |"
            + " .resources.limits.memory | quantity",
        "'name': 'a', 'command': ['x'], 'resources': {'requests': {'memory': '-1'}} |"
            + " .resources.requests.memory | quantity",
        "'name': 'a', 'command': ['x'], 'resources': {'requests': {'memory': '2Gi'}, 'limits':"
            + " {'memory': '1Gi'}} | .resources.requests.memory | no more than the limit, 1Gi",
      })
  void aContainerThatCanNotBeRunIsRefusedByPlace(String fields, String place, String allowed) {
    refused(
        "{\"containers\":[{" + fields.replace('\'', '"') + "}]}",
        "spec.containers[0]" + place,
        allowed
            .replace("a variable", "variable's name")
            .replace("'' is no container", "no container's name"));
  }

  /** What else was thrown would have an executor meet the same request for ever. */
  @Test
  void whateverIsWrongInASpecItIsRefusedOrReadPast() throws Exception {
    String spec =
        """
        {"restartPolicy": "Never", "activeDeadlineSeconds": 60, "volumes": [{"name": "data"}],
         "initContainers": [{"name": "init", "command": ["true"]}],
         "containers": [{"name": "a", "command": ["run"], "args": ["-x"], "workingDir": "/tmp",
           "env": [{"name": "N", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
           "volumeMounts": [], "terminationMessagePolicy": "File",
           "resources": {"requests": {"cpu": "1", "memory": "1Mi"}, "limits": {"memory": "1Mi"}}}]}
        """;
    int read = 0;
    int refused = 0;
    for (String broken : BrokenSpecs.of(spec)) {
      try {
        read(broken).needs();
        read++;
      } catch (PodSpecException e) {
        refused++;
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  @Test
  void aNameThatIsThereTwiceIsRefused() {
    refused(
        "{\"initContainers\":[{\"name\":\"a\",\"command\":[\"x\"]}],"
            + "\"containers\":[{\"name\":\"a\",\"command\":[\"x\"]}]}",
        "spec.initContainers[0].name",
        "twice");
  }

  @Test
  void aTemplateOfASetMayHaveTheRestartPolicyOfAJobsPods() {
    String spec =
        "{\"restartPolicy\":\"%s\",\"containers\":[{\"name\":\"a\",\"command\":[\"x\"]}]}";
    assertThat(PodSpecReader.read(PodOrders.ofSet(spec.formatted("OnFailure")).spec()).containers())
        .hasSize(1);
    refused(spec.formatted("OnFailure"), "spec.restartPolicy", "allowed: Never, since");
    assertThatThrownBy(() -> PodSpecReader.read(PodOrders.ofSet(spec.formatted("Always")).spec()))
        .hasMessage(
            "spec.restartPolicy: \"Always\"; allowed: Never or OnFailure, since each attempt is a"
                + " run of its own");
  }

  private static void refused(String json, String place, String allowed) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(PodSpecException.class)
        .hasMessageStartingWith(place + ": ")
        .hasMessageContaining(allowed);
  }
}
