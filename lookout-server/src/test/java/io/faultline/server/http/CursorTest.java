package io.faultline.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.server.lookout.Keyset;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00.123456Z, run/1",
    "1969-12-31T23:59:59.999999Z, a:b",
    "1970-01-01T00:00:00Z, ''",
  })
  void a_place_comes_back_as_it_was(Instant at, String id) {
    Keyset place = new Keyset(at, id);
    assertThat(Cursor.decode(Cursor.encode(place))).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "MTIz", "eDp4", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5Ong"})
  void another_text_is_refused(String text) {
    assertThatThrownBy(() -> Cursor.decode(text)).isInstanceOf(ProblemException.class);
  }
}
