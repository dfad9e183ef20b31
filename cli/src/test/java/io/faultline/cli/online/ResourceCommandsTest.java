package io.faultline.cli.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import io.faultline.domain.resource.CordonDefinition.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceCommandsTest {
  private static final String QUEUE = "apiVersion: faultline.io/v1\nkind: Queue\nname: research\n";
  private static final String POLICY =
      "apiVersion: faultline.io/v1\nkind: RetryPolicy\nname: ml\nretryLimit: 1\ndefaultAction: Fail\n";

  @TempDir Path folder;
  @AutoClose private final FakeServer server = new FakeServer();

  @Test
  void aResourceAsYamlIsTheDocumentAsItWasWritten() {
    server.answer(
        "GET /queues/research", "{\"kind\": \"Queue\", \"body\": \"# mine\\nname: research\"}");
    assertThat(server.faultline("get", "queue", "research", "-o", "yaml").out())
        .isEqualTo("# mine\nname: research\n");
  }

  @Test
  void resourcesOfAllKindsAreListedTogether() {
    server.answer(
        "GET /queues", "{\"items\": [{\"kind\": \"Queue\", \"name\": \"q\", \"revision\": 3}]}");
    server.answer("GET /categories", "{\"items\": []}");
    server.answer(
        "GET /retry-policies", "{\"items\": [{\"kind\": \"RetryPolicy\", \"name\": \"p\"}]}");
    server.answer("GET /cordons", "{\"items\": []}");
    assertThat(server.faultline("get", "resources").out().replaceAll(" +", " "))
        .isEqualTo("KIND NAME REVISION CHANGED AT BY\nQueue q 3\nRetryPolicy p\n");
  }

  @Test
  void applyWritesWhatOthersReferToFirstAndWaitsUntilItIsInForce() throws IOException {
    server.answer(
        "PUT /queues/research",
        201,
        "{\"kind\": \"Queue\", \"name\": \"research\", \"change\": \"created\", \"revision\": 8}");
    server.answer(
        "PUT /retry-policies/ml",
        "{\"kind\": \"RetryPolicy\", \"name\": \"ml\", \"change\": \"updated\", \"revision\": 7}");
    server.answer(
        "GET /resources/status?revision=8", "{\"inForce\": false, \"inForceOn\": 1, \"of\": 2}");
    server.answer(
        "GET /resources/status?revision=8", "{\"inForce\": true, \"inForceOn\": 2, \"of\": 2}");
    Ran ran = server.faultline("apply", "--wait", "-f", file("all.yaml", QUEUE + "---\n" + POLICY));
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                "RetryPolicy ml updated (revision 7)\nQueue research created (revision 8)\n",
                "revision 8 is in force on 2 of 2\n"));
    assertThat(server.asked.get(1).body()).isEqualTo(QUEUE);
    assertThat(server.asked.get(1).header("Content-type")).isEqualTo("application/yaml");
  }

  @Test
  void applyTellsWhatIsHardlyMeantInTheDocumentOrInOthersThroughIt() throws IOException {
    server.answer(
        "PUT /retry-policies/ml",
        "{\"kind\": \"RetryPolicy\", \"name\": \"ml\", \"change\": \"updated\", \"revision\": 7,"
            + " \"warnings\": [\"body:5:1: rules: one\", \"Queue/research:3:1: two\"]}");
    assertThat(server.faultline("apply", "-f", file("ml.yaml", POLICY)))
        .isEqualTo(
            new Ran(
                0,
                "RetryPolicy ml updated (revision 7)\n",
                "warning: RetryPolicy/ml:5:1: rules: one\nwarning: Queue/research:3:1: two\n"));
  }

  @Test
  void aQueueIsCordonedUnderANameThatFollowsFromIt() {
    server.answer(
        "PUT /cordons/queue-research", 201, "{\"name\": \"queue-research\", \"revision\": 8}");
    assertThat(server.faultline("cordon", "queue", "research", "--reason", "a \"test\""))
        .isEqualTo(
            new Ran(0, "queue research is cordoned (Cordon queue-research, revision 8)\n", ""));
    assertThat(server.asked.get(0).body())
        .isEqualTo(
            "{\"apiVersion\":\"faultline.io/v1\",\"kind\":\"Cordon\",\"name\":\"queue-research\","
                + "\"queue\":\"research\",\"drain\":false,\"reason\":\"a \\\"test\\\"\"}");
  }

  @Test
  void anExecutorIsDrainedUnderANameThatIsADnsLabel() {
    String name = CordonName.of(Target.EXECUTOR, "Node_1");
    assertThat(name).matches("executor-node-1-[0-9a-f]{8}");
    assertThat(CordonName.of(Target.EXECUTOR, "node_1")).isNotEqualTo(name);
    server.answer("PUT /cordons/" + name, "{\"name\": \"" + name + "\", \"revision\": 9}");
    Ran ran = server.faultline("drain", "executor", "Node_1");
    assertThat(ran.out()).startsWith("executor Node_1 is drained (Cordon " + name);
    assertThat(server.asked.get(0).body()).contains("\"drain\":true").doesNotContain("reason");
  }

  @Test
  void uncordonTakesBackAllThatHoldsItAndNothingElse() {
    server.answer(
        "GET /cordons",
        "{\"items\": [{\"name\": \"by-file\", \"document\": {\"queue\": \"q\"}},"
            + " {\"name\": \"other\", \"document\": {\"queue\": \"r\"}},"
            + " {\"name\": \"node\", \"document\": {\"executor\": \"q\"}}]}");
    server.answer("GET /cordons", "{\"items\": []}");
    server.answer("DELETE /cordons/by-file", "{\"name\": \"by-file\", \"revision\": 10}");
    assertThat(server.faultline("uncordon", "queue", "q"))
        .isEqualTo(new Ran(0, "queue q is free again (Cordon by-file, revision 10)\n", ""));
    assertThat(server.faultline("uncordon", "queue", "q"))
        .isEqualTo(new Ran(4, "", "faultline: nothing holds queue \"q\" back\n"));
    assertThat(server.faultline("cordon", "node", "n").err())
        .isEqualTo("faultline: unknown \"node\"; allowed: queue, executor\n");
  }

  @Test
  void cordonsAreListedWithWhatTheyHold() {
    server.answer(
        "GET /cordons?limit=100",
        "{\"items\": [{\"name\": \"m\", \"document\": {\"queue\": \"q\", \"drain\": true, \"reason\": \"upgrade\"}}]}");
    assertThat(server.faultline("get", "cordons").out().replaceAll(" +", " "))
        .isEqualTo("NAME QUEUE EXECUTOR DRAIN REASON CHANGED AT BY\nm q true upgrade\n");
  }

  @Test
  void applyEndsWithOneWhereItIsNotInForceInTime() throws IOException {
    server.answer("PUT /queues/research", "{\"revision\": 8}");
    server.answer(
        "GET /resources/status?revision=8",
        "{\"inForce\": false, \"inForceOn\": 1, \"of\": 2, \"instances\": [{\"service\": \"retry-decider\", \"instance\": \"a\", \"inForce\": false}]}");
    Ran ran = server.faultline("apply", "--wait", "--timeout", "1ms", "-f", file("q.yaml", QUEUE));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("faultline: not in force after 0 s: 1 of 2; behind: retry-decider/a\n");
  }

  @Test
  void createAndUpdateAskForWhatMustBeSo() throws IOException {
    String path = file("q.yaml", QUEUE);
    server.answer("POST /queues", 409, "{\"detail\": \"the queue research exists already\"}");
    assertThat(server.faultline("create", "-f", path))
        .isEqualTo(new Ran(1, "", "faultline: the queue research exists already\n"));
    server.answer("GET /queues/research", "{\"revision\": 5}");
    server.answer(
        "PUT /queues/research",
        "{\"kind\": \"Queue\", \"name\": \"research\", \"change\": \"updated\", \"revision\": 6}");
    assertThat(server.faultline("update", "-f", path).out())
        .isEqualTo("Queue research updated (revision 6)\n");
    assertThat(server.asked.get(2).header("If-match")).isEqualTo("\"5\"");
  }

  @Test
  void aPlainDocumentOfCategoriesNeedsAName() throws IOException {
    String path = file("categories.yaml", "enabled: true\ncategories: []\n");
    assertThat(server.faultline("create", "-f", path))
        .isEqualTo(
            new Ran(
                2, "", "faultline: " + path + ": a plain document of categories needs --name\n"));
    server.answer(
        "POST /categories?name=default",
        201,
        "{\"kind\": \"Categories\", \"name\": \"default\", \"change\": \"created\", \"revision\": 1}");
    assertThat(server.faultline("create", "-f", path, "--name", "default").out())
        .isEqualTo("Categories default created (revision 1)\n");
  }

  @Test
  void deleteGoesTheOtherWayRoundAndSaysWhatStillRefers() throws IOException {
    server.answer(
        "DELETE /queues/research",
        "{\"kind\": \"Queue\", \"name\": \"research\", \"revision\": 9}");
    server.answer(
        "DELETE /retry-policies/ml",
        409,
        "{\"detail\": \"it is referred to\", \"referredBy\": [{\"kind\": \"Queue\", \"name\": \"other\"}]}");
    Ran ran = server.faultline("delete", "-f", file("all.yaml", POLICY + "---\n" + QUEUE));
    assertThat(ran)
        .isEqualTo(
            new Ran(
                1,
                "Queue research deleted (revision 9)\n",
                "faultline: it is referred to; referred to by Queue other\n"));
    assertThat(server.faultline("delete", "policy", "ml").code()).isEqualTo(1);
    assertThat(server.faultline("delete", "node", "x").err())
        .isEqualTo(
            "faultline: unknown kind \"node\"; allowed: queue, categories, policy, cordon\n");
    assertThat(server.faultline("delete").code()).isEqualTo(2);
  }

  @Test
  void diffEndsWithOneWhereSomethingDiffers() throws IOException {
    String path = file("q.yaml", QUEUE + "priorityFactor: 2\n");
    server.answer("GET /queues/research", "{\"body\": \"" + QUEUE.replace("\n", "\\n") + "\"}");
    Ran ran = server.faultline("diff", "-f", path);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .isEqualTo(
            """
            --- Queue/research
            +++ %s: Queue/research
             apiVersion: faultline.io/v1
             kind: Queue
             name: research
            +priorityFactor: 2
            """
                .formatted(path));
    assertThat(server.faultline("diff", "-f", file("same.yaml", QUEUE)))
        .isEqualTo(new Ran(0, "", ""));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
