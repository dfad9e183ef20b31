package io.faultline.ingester.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StorableTest {

  @Test
  void nul_and_half_pairs_become_the_replacement_character_and_whole_pairs_stay() {
    assertThat(Storable.clean("a\0b\uD83D\uDE00c\uDE00\uD83D"))
        .isEqualTo("a\uFFFDb\uD83D\uDE00c\uFFFD\uFFFD");
  }

  @Test
  void a_written_escape_for_nul_stays_what_was_written() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("k", "C:\\u0000 and \0");

    assertThat(Storable.json(json)).isEqualTo("{\"k\":\"C:\\\\u0000 and \uFFFD\"}");
  }

  @Test
  void names_and_values_at_any_depth_are_cleaned() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("a\0").putArray("b").add("c\0").add(1);

    assertThat(Storable.json(json)).isEqualTo("{\"a\uFFFD\":{\"b\":[\"c\uFFFD\",1]}}");
  }

  @Test
  void nothing_is_not_stored() {
    assertThat(Storable.text("")).isNull();
    assertThat(Storable.text(null)).isNull();
    assertThat(Storable.text(" ")).isEqualTo(" ");
  }

  @Test
  void times_are_cut_to_microseconds() {
    assertThat(Storable.time(Instant.parse("2026-03-01T00:00:00.123456789Z")))
        .isEqualTo(Instant.parse("2026-03-01T00:00:00.123456Z"));
  }

  @Property
  void whatever_is_cleaned_can_be_stored_and_what_can_be_stored_is_left_alone(@ForAll String text)
      throws Exception {
    String clean = Storable.clean(text);

    assertThat(clean.indexOf('\0')).isNegative();
    assertThat(new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(clean);
    assertThat(Storable.clean(clean)).isEqualTo(clean).hasSameSizeAs(text);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("text", text);
    assertThat(new ObjectMapper().readTree(Storable.json(json)).get("text").textValue())
        .isEqualTo(clean);
  }
}
