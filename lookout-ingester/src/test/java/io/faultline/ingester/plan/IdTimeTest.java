package io.faultline.ingester.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdTimeTest {

  @ParameterizedTest
  @CsvSource({
    "017F22E2-79B0-7CC3-98C4-DC0C0C07398F, 2022-02-22T19:22:22Z", // RFC 9562, appendix A.6
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f, 2022-02-22T19:22:22Z",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV, 2016-07-30T23:54:10.259Z", // the ULID specification's example
    "01arz3ndektsv4rrffq69g5fav, 2016-07-30T23:54:10.259Z",
    "7ZZZZZZZZZZZZZZZZZZZZZZZZZ, +10889-08-02T05:31:50.655Z"
  })
  void the_time_in_an_id(String id, Instant time) {
    assertThat(IdTime.of(id)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "my-job-17",
    "''",
    "919108f7-52d1-4320-9bac-f847db4148a8", // version 4
    "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", // beyond 48 bits
    "01ARZ3NDEKTSV4RRFFQ69G5FAU", // U is no letter of a ULID
    "01ARZ3NDEKTSV4RRFFQ69G5FAVX"
  })
  void an_id_without_a_time_stands_at_the_epoch(String id) {
    assertThat(IdTime.of(id)).isEqualTo(Instant.EPOCH);
  }
}
