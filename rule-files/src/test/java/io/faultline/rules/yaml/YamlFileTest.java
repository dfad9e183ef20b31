package io.faultline.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlFileTest {

  private static YamlNode read(String text) {
    return YamlFile.read("f.yaml", text).single();
  }

  private static void refused(Runnable reading, String message) {
    assertThatThrownBy(reading::run)
        .isInstanceOf(RuleFileException.class)
        .hasMessage(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void everyTypeIsReadAsWhatItIs() {
    YamlMap map =
        read("text: a\nquoted: '1'\nnumber: 12\nhex: 0x10\ndecimal: 1.50\ntruth: true\nlist: [a, b]")
            .map();
    assertThat(map.require("text").text()).isEqualTo("a");
    assertThat(map.require("quoted").text()).isEqualTo("1");
    assertThat(map.require("number").int32()).isEqualTo(12);
    assertThat(map.require("hex").int32()).isEqualTo(16);
    assertThat(map.require("decimal").decimal()).isEqualTo(new BigDecimal("1.50"));
    assertThat(map.require("truth").bool()).isTrue();
    assertThat(map.require("list").list(YamlNode::text)).containsExactly("a", "b");
  }

  @Test
  void yesNoOnAndOffAreText() {
    assertThat(read("[yes, no, on, off, y]").list(YamlNode::text))
        .containsExactly("yes", "no", "on", "off", "y");
  }

  @Test
  void whatIsWrongIsSaidWithFileLineColumnAndPath() {
    YamlNode node = read("a:\n  b:\n    - x: 1\n    - x: zwei\n");
    List<YamlNode> items = node.map().require("a").map().require("b").list();
    refused(
        () -> items.get(1).map().require("x").int32(),
        "f.yaml:4:10: a.b[1].x: a number is expected, not \"zwei\"");
    assertThatThrownBy(() -> items.get(1).map().require("y"))
        .isInstanceOfSatisfying(
            RuleFileException.class,
            e -> {
              assertThat(e.file()).isEqualTo("f.yaml");
              assertThat(e.line()).isEqualTo(4);
              assertThat(e.column()).isEqualTo(7);
              assertThat(e.path()).isEqualTo("a.b[1]");
              assertThat(e.problem()).isEqualTo("the key \"y\" is missing");
            });
  }

  @Test
  void textIsNotANumberAndAScalarIsNotAList() {
    refused(
        () -> read("a: 12").map().require("a").text(),
        "f.yaml:1:4: a: text is expected, not 12; put it in quotes");
    refused(
        () -> read("a: '12'").map().require("a").int32(),
        "f.yaml:1:4: a: a number is expected, not \"12\"");
    refused(
        () -> read("a: b").map().require("a").list(),
        "f.yaml:1:4: a: a list is expected, not \"b\"");
    refused(
        () -> read("a: 'true'").map().require("a").bool(),
        "f.yaml:1:4: a: true or false is expected, not \"true\"");
    refused(
        () -> read("a: 1.0").map().require("a").int32(),
        "f.yaml:1:4: a: a whole number is expected, not 1.0");
    refused(
        () -> read("a: 2147483648").map().require("a").int32(),
        "f.yaml:1:4: a: 2147483648 is out of range; allowed: -2147483648 to 2147483647");
  }

  @Test
  void aNumberThatReadersTakeDifferentlyIsRefused() {
    refused(
        () -> read("a: 010"),
        "f.yaml:1:4: a: 010 is read differently by different readers; write a decimal number"
            + " without leading zeros, or put it in quotes");
    assertThatThrownBy(() -> read("a: .inf")).isInstanceOf(RuleFileException.class);
  }

  @Test
  void aRepeatedKeyIsRefusedAtItsSecondPlace() {
    refused(() -> read("a: 1\nb: 2\na: 3\n").map(), "f.yaml:3:1: the key \"a\" is repeated");
    assertThat(read("a: 1\na: 3\n").looseMap().require("a").int32()).isEqualTo(3);
  }

  @Test
  void anUnknownKeyIsRefusedWithWhatIsAllowed() {
    refused(
        () ->
            read("rules:\n- onExitCode: 1\n")
                .map()
                .require("rules")
                .list()
                .get(0)
                .map()
                .only("onExitCodes", "hint"),
        "f.yaml:2:3: rules[0]: unknown key \"onExitCode\"; allowed: onExitCodes, hint");
  }

  @Test
  void nullIsAsGoodAsAbsentUnlessAskedFor() {
    YamlMap map = read("a:\nb: ~\nc: null").map();
    assertThat(map.find("a")).isEmpty();
    assertThat(map.find("b")).isEmpty();
    assertThat(map.written("c")).isPresent();
    assertThat(map.written("d")).isEmpty();
    refused(() -> map.require("a"), "f.yaml:1:1: the key \"a\" is missing");
  }

  @Test
  void severalDocumentsAreKeptInOrder() {
    YamlFile file = YamlFile.read("f.yaml", "a: 1\n---\nb: 2\n---\n");
    assertThat(file.documents()).hasSize(3);
    assertThat(file.documents().get(2).isNull()).isTrue();
    refused(file::single, "f.yaml:3:1: one document is expected, and here a second one begins");
    refused(() -> YamlFile.read("f.yaml", "# nothing\n").single(), "f.yaml: the file is empty");
  }

  @Test
  void jsonIsReadTheSameWay() {
    YamlNode node =
        YamlFile.read(
                "f.json",
                "{\n\t\"a\": [1, -2.5, true, null, \"x\\u0000\\ud83d\\ude00\\/\"],\n\t\"b\": {}\n}\n")
            .single();
    List<YamlNode> items = node.map().require("a").list();
    assertThat(items.get(1).decimal()).isEqualTo("-2.5");
    assertThat(items.get(3).isNull()).isTrue();
    assertThat(items.get(4).text()).isEqualTo("x\0😀/");
    assertThat(YamlJson.of(node).toString())
        .isEqualTo("{\"a\":[1,-2.5,true,null,\"x\\u0000😀/\"],\"b\":{}}");
  }

  @Test
  void whatIsNotYamlIsSaidWithItsPlace() {
    assertThatThrownBy(() -> read("a: [1, 2\nb: 3\n"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith("f.yaml:2:")
        .hasMessageContaining("not YAML");
    assertThatThrownBy(() -> read("a: !!java.net.URL [x]"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("is not read");
    assertThatThrownBy(() -> read("a: b\n\tc: d\n"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageStartingWith("f.yaml:2:");
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithTheirPlace() {
    byte[] bytes = "ü: x\nb: ?\n".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xc3;
    refused(() -> YamlFile.read("f.yaml", bytes), "f.yaml:2:4: byte 9 (0xc3) is not UTF-8");
  }

  @Test
  void aRawNulIsRefusedWithItsPlace() {
    refused(
        () -> read("a: b\nc: d\0\n"),
        "f.yaml:2:5: the character U+0000 can't stand in a file; write it as an escape");
    assertThatThrownBy(() -> read("a: \"\\ud800\"")).hasMessageContaining("surrogate");
  }

  @Test
  void anchorsAliasesAndMergeKeysAreRead() {
    YamlMap map = read("base: &b {x: 1, y: 2}\nm: {<<: *b, y: 3}\n").map();
    YamlMap merged = map.require("m").map().only("x", "y");
    assertThat(merged.require("x").int32()).isEqualTo(1);
    assertThat(merged.require("y").int32()).isEqualTo(3);
    assertThatThrownBy(() -> read("a: *nothing")).isInstanceOf(RuleFileException.class);
    assertThatThrownBy(() -> read("a: &a [*a]")).isInstanceOf(RuleFileException.class);
  }

  @Test
  void aliasesThatExpandWithoutEndAreRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1) + ", ";
      text.append("a" + i + ": &a" + i + " [" + alias.repeat(9) + alias.replace(", ", "") + "]\n");
    }
    assertThatThrownBy(() -> read(text.toString()))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("aliases expand this to more than 2000000 values");
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("nested more than 100 deep");
  }

  @Test
  void aTextOfOneMebibyteIsReadAndALongValueIsCutInMessages() {
    String long1 = "x".repeat(1 << 20);
    YamlNode node = read("{\"message\": \"" + long1 + "\", \"n\": 1}");
    assertThat(node.map().require("message").text()).hasSize(1 << 20);
    assertThatThrownBy(() -> node.map().require("message").int32())
        .message()
        .hasSizeLessThan(200)
        .contains("xxx…");
    assertThat(read("m: " + long1).map().require("m").text()).hasSize(1 << 20);
  }

  @Test
  void aFileBeyondTheLimitIsRefused() {
    refused(
        () -> YamlFile.read("f.yaml", new byte[YamlFile.MAX_SIZE + 1]),
        "f.yaml: the file is larger than 32 MiB");
  }
}
