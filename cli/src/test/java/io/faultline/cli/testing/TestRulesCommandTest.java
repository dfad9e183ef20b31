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
import org.w3c.dom.NodeList;

class TestRulesCommandTest {
  private static final String RULES =
      """
      categories: [{name: gpu, rules: [{onTerminationMessage: {pattern: CUDA}, hint: Try again.}]}]
      policy: {kind: RetryPolicy, name: p, retryLimit: 1, defaultAction: Fail, rules: [{action: Retry, onCategory: gpu}]}
      cases:
      """;
  private static final String GOOD =
      "  - {name: good, failure: {kind: PodFailed, containers: [{name: main, exitCode: 1, message:"
          + " CUDA}]}, expect: {category: gpu, decision: retry}}\n";
  private static final String WRONG =
      "  - {name: wrong, pod: {status: {containerStatuses: [{name: main, state: {terminated:"
          + " {exitCode: 1, message: \"cuda\\e[31m\"}}}]}}, events: [{type: Warning, reason: Bad,"
          + " message: no\\nlines}], podError: oh, expect: {category: gpu, decision: retry}}\n";

  @TempDir Path folder;
  private String good;
  private String wrong;

  @BeforeEach
  void write() throws IOException {
    good = file("good.yaml", RULES + GOOD);
    wrong = file("wrong.yaml", RULES + GOOD + WRONG);
  }

  @Test
  void whereAllIsAsExpectedItEndsWithZero() {
    assertThat(Ran.faultline("test", "rules", good)).isEqualTo(new Ran(0, "PASS: 1 cases\n", ""));
    assertThat(Ran.faultline("test", "rules", good, "-o", "wide").out())
        .isEqualTo("PASS " + good + ":4:5 good\nPASS: 1 cases\n");
  }

  @Test
  void aCaseThatFailsSaysAllThatAPersonNeeds() {
    assertThat(Ran.faultline("test", "rules", good, wrong))
        .isEqualTo(
            new Ran(
                1,
                """
                FAIL %s:5:5 wrong
                  category:       expected  gpu
                                  got       none
                  decision:       expected  retry
                                  got       fail
                  seen: PodFailed
                  pod error:
                    | oh
                  event Warning Bad:
                    | no\\nlines
                  text:
                    | Container main failed with exit code 1: cuda\uFFFD[31m
                  classified: no category, by no rule
                    gpu, rule 0, does not match: onTerminationMessage "CUDA"
                  decided: fail (fail_default), no rule matched, using default action
                    + globalLimit: 0 retries granted, expected fewer than 20
                    - rule-1.onCategory: none, expected gpu
                    - defaultAction: Fail, expected Retry

                FAIL: 1 of 3 cases
                """
                    .formatted(wrong),
                ""));
  }

  @Test
  void aFileThatIsRefusedEndsWithTwoAndTheOthersAreJudged() throws IOException {
    String broken = file("broken.yaml", RULES + GOOD.replace("good", "''"));
    Ran ran = Ran.faultline("test", "rules", broken, "/no/such", wrong);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).endsWith("FAIL: 1 of 2 cases, files refused: 2\n");
    assertThat(ran.err())
        .isEqualTo(
            "faultline: %s:4:12: cases[0].name: a case needs a name that is not empty\nfaultline: /no/such: no such file\n"
                .formatted(broken));
  }

  @Test
  void onlyCasesOfANameAreRunWhereOneIsGiven() {
    assertThat(Ran.faultline("test", "rules", wrong, "--run", "^go+d$"))
        .isEqualTo(new Ran(0, "PASS: 1 cases\n", ""));
    assertThat(Ran.faultline("test", "rules", wrong, "--run", "absent"))
        .isEqualTo(new Ran(2, "", "faultline: --run absent: no case has such a name\n"));
    assertThat(Ran.faultline("test", "rules", wrong, "--run", "(").err())
        .startsWith("faultline: --run (: ")
        .hasLineCount(1);
  }

  @Test
  void standardInputIsReadOnce() {
    assertThat(Ran.with(RULES + GOOD, Map.of(), "test", "rules", "-").code()).isZero();
    assertThat(Ran.with(RULES + WRONG, Map.of(), "test", "rules", "-").out())
        .startsWith("FAIL (standard input):4:5 wrong\n");
    assertThat(Ran.faultline("test", "rules", "-", "-").err())
        .isEqualTo("faultline: only one FILE can be standard input\n");
    assertThat(Ran.faultline("test", "rules").code()).isEqualTo(2);
  }

  @Test
  void programsGetJson() throws IOException {
    Ran ran = Ran.faultline("test", "rules", wrong, "/no/such", "-o", "json");
    JsonNode json = new ObjectMapper().readTree(ran.out());
    assertThat(json.path("result").asText()).isEqualTo("error");
    assertThat(json.path("passed").asInt()).isEqualTo(1);
    assertThat(json.path("failed").asInt()).isEqualTo(1);
    JsonNode cases = json.at("/files/0/cases");
    assertThat(cases.get(0)).hasToString("{\"name\":\"good\",\"line\":4,\"result\":\"pass\"}");
    assertThat(cases.at("/1/differences/0"))
        .hasToString("{\"field\":\"category\",\"expected\":\"gpu\",\"actual\":\"none\"}");
    assertThat(cases.at("/1/classification/failureInfo/exitCode").asInt()).isEqualTo(1);
    assertThat(cases.at("/1/decision/trace")).hasSize(3);
    assertThat(json.at("/files/1/error").asText()).isEqualTo("/no/such: no such file");
  }

  @Test
  void aCiGetsJunitXml() throws Exception {
    Path report = folder.resolve("report.xml");
    Ran ran = Ran.faultline("test", "rules", wrong, "/no/such", "--junit", report.toString());
    assertThat(ran.code()).isEqualTo(2);
    Element suite =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getDocumentElement();
    assertThat(suite.getAttribute("name")).isEqualTo("faultline test rules");
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    NodeList cases = suite.getElementsByTagName("testcase");
    assertThat(((Element) cases.item(1)).getAttribute("classname")).isEqualTo(wrong);
    assertThat(((Element) cases.item(1)).getAttribute("name")).isEqualTo("wrong");
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertThat(failure.getParentNode()).isSameAs(cases.item(1));
    assertThat(failure.getAttribute("message"))
        .isEqualTo("category: expected gpu, got none; decision: expected retry, got fail");
    assertThat(failure.getTextContent())
        .startsWith("FAIL " + wrong + ":5:5 wrong\n")
        .contains("got       none", "cuda\uFFFD[31m");
    Element error = (Element) suite.getElementsByTagName("error").item(0);
    assertThat(error.getAttribute("message")).isEqualTo("/no/such: no such file");
    assertThat(Ran.faultline("test", "rules", good, "--junit", "/no/such/x").err())
        .startsWith("faultline: --junit /no/such/x: ");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
