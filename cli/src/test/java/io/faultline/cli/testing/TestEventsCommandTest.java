package io.faultline.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code faultline test events} on recorded streams, as a user sees it. */
class TestEventsCommandTest {

  private static final String EXPECTED =
      """
      expectedEvents:
        - submitted:
        - failed: {categories: [oom]}
      """;
  private static final String OUT_OF_MEMORY =
      """
      {"jobs": ["a"]}
      {"jobId": "a", "type": "submitted", "time": "2026-03-01T10:00:00Z"}
      {"jobId": "a", "type": "leased", "time": "2026-03-01T10:00:01.5Z"}
      {"jobId": "a", "type": "failed", "time": "2026-03-01T10:00:02.25Z", "categories": ["oom"], "failureCategory": "oom"}
      """;

  @TempDir private Path folder;
  private Path spec;

  @BeforeEach
  void writeSpec() throws IOException {
    spec = write("spec.yaml", EXPECTED);
  }

  @Test
  void streamThatIsAsExpectedPasses() throws IOException {
    Ran ran = test("--recorded", write("s.jsonl", OUT_OF_MEMORY).toString(), "-o", "json");
    assertThat(ran.code()).isZero();
    assertThat(new ObjectMapper().readTree(ran.out()))
        .isEqualTo(new ObjectMapper().readTree("{\"result\": \"pass\"}"));
  }

  @Test
  void failureShowsWhatWasExpectedBesideWhatCameWithTimes() throws IOException {
    String stream =
        OUT_OF_MEMORY.replace("[\"oom\"]", "[\"gpu\"]").replace(": \"oom\"", ": \"gpu\"");
    Ran ran = test("--recorded", write("s.jsonl", stream).toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out().replaceAll("\\(.*? s\\)", "(0.0 s)"))
        .isEqualTo(
            """
            FAIL %s (0.0 s)
              failed differs: categories: expected [oom], got [gpu]
              job a:
                  expected                    time        came
                ✓ submitted                   +0.000 s    submitted
                                              +1.500 s    leased
                ✗ failed                      +2.250 s    failed, terminal, categories [gpu], category gpu
            """
                .formatted(spec));
    JsonNode json =
        new ObjectMapper()
            .readTree(test("--recorded", folder.resolve("s.jsonl").toString(), "-o", "json").out());
    assertThat(json.path("result").asText()).isEqualTo("fail");
    assertThat(json.path("index").asInt()).isEqualTo(2);
    assertThat(json.at("/differences/0").toString())
        .isEqualTo("{\"field\":\"categories\",\"expected\":\"[oom]\",\"actual\":\"[gpu]\"}");
    assertThat(json.path("ladder")).hasSize(3);
  }

  @Test
  void streamThatEndsTooEarlyIsTimeout() throws IOException {
    Ran ran =
        test(
            "--recorded",
            write("s.jsonl", OUT_OF_MEMORY.substring(0, OUT_OF_MEMORY.lastIndexOf("{")))
                .toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("TIMEOUT", "1 of 1 jobs have not had all their events; a awaits failed")
        .contains("? failed                                  nothing");
  }

  @Test
  void manyTestsFindTheirStreamsInFolder() throws Exception {
    Path tests = Files.createDirectory(folder.resolve("tests"));
    Files.writeString(tests.resolve("good.yaml"), EXPECTED);
    Files.writeString(tests.resolve("bad.yaml"), EXPECTED.replace("oom", "a\\u0001b"));
    Files.writeString(tests.resolve("wrong.yml"), "expectedEvents: [exploded: ]");
    Path streams = Files.createDirectory(folder.resolve("streams"));
    Files.writeString(streams.resolve("good.jsonl"), OUT_OF_MEMORY);
    Files.writeString(streams.resolve("bad.jsonl"), OUT_OF_MEMORY);
    Path report = folder.resolve("report.xml");
    Ran ran =
        Ran.faultline(
            "test",
            "events",
            tests.toString(),
            "--recorded",
            streams.toString(),
            "--junit",
            report.toString());
    assertThat(ran.code()).as("a test that could not be run").isEqualTo(2);
    assertThat(ran.out())
        .contains("FAIL " + tests.resolve("bad.yaml"), "pass 1, fail 1", "error 1");
    assertThat(ran.err()).contains("wrong.yml:1:").contains("unknown event \"exploded\"");
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
        .contains("failed differs: categories");
  }

  @Test
  void nonsenseIsRefusedInOneLine() throws IOException {
    String stream = write("s.jsonl", OUT_OF_MEMORY).toString();
    refused("--recorded " + stream + " --record x", "--record keeps what a server sends");
    refused("--recorded " + stream + " --parallel 0", "--parallel 0: allowed is 1 to 64");
    refused("--recorded " + folder + "/none", "none: no such file");
    refused("--recorded " + spec, "spec.yaml:1:1: is not JSON");
    refused("--server http://127.0.0.1:1", "the key \"jobs\" is missing");
    assertThat(Ran.with(EXPECTED, Map.of(), "test", "events", "-", "--recorded", "-").err())
        .contains("only one of the files can be standard input");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(Ran.faultline("test", "events", empty.toString()).err())
        .contains("there is no .yaml file in it");
  }

  @Test
  void oneOfTheFilesMayBeStandardInput() throws IOException {
    Ran ran =
        Ran.with(OUT_OF_MEMORY, Map.of(), "test", "events", spec.toString(), "--recorded", "-");
    assertThat(ran.code()).isZero();
    Ran spec =
        Ran.with(
            EXPECTED,
            Map.of(),
            "test",
            "events",
            "-",
            "--recorded",
            write("s.jsonl", OUT_OF_MEMORY).toString());
    assertThat(spec.code()).isZero();
  }

  private void refused(String arguments, String message) {
    Ran ran = test(arguments.split(" "));
    assertThat(ran.code()).as(ran.out()).isEqualTo(2);
    assertThat(ran.err()).contains(message);
    assertThat(ran.err().lines()).hasSize(1);
  }

  private Ran test(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "test";
    all[1] = "events";
    all[2] = spec.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Ran.faultline(all);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
