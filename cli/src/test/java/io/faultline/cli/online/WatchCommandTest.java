package io.faultline.cli.online;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import java.net.URLDecoder;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchCommandTest {

  @AutoClose private final FakeServer server = new FakeServer();

  @Test
  void watchTakesUpABrokenStreamWhereItBroke() {
    String events = "GET /queues/q/job-sets/s/events?follow=true&jobId=j";
    server.stream(
        events,
        """
        : hello

        id: 0:1
        event: running
        data: {"type":"running","jobId":"j","at":"t1","runIndex":0,"node":"n"}

        id: 0:2
        event: failed
        data: {"type":"failed","jobId":"j",
        """);
    server.stream(
        events,
        """
        id: 0:2
        event: failed
        data: {"type":"failed","jobId":"j","at":"t2","runIndex":0,"retryable":true,
        data: "reason":"Error","failureInfo":{"exitCode":74,"category":"gpu"}}

        id: 0:3
        event: succeeded
        data: {"type":"succeeded","jobId":"j","at":"t3"}

        """);
    Ran ran = server.faultline("watch", "q", "s", "--job", "j");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                """
                t1  j  running         run 0  on n
                t2  j  failed          run 0  retryable Error  exit code 74  gpu
                t3  j  succeeded
                """,
                ""));
    assertThat(server.asked.get(0).header("Last-event-id")).isEmpty();
    assertThat(server.asked.get(1).header("Last-event-id")).isEqualTo("0:1");
  }

  @Test
  void watchTakesTheWholeStreamWithFiltersAndTellsOfResets() {
    String events =
        "GET /events?follow=true&queue=q&queue=r%2Fs&jobSet=s&jobId=j&category=gpu&owner=ann"
            + "&type=failed&terminal=true&since=2026-03-01T10%3A05%3A00Z";
    server.stream(
        events,
        """
        : connected

        id: 0:1

        : heartbeat
        id: 0:7

        """);
    server.stream(
        events,
        """
        id: 0:40
        event: reset
        data: {"reason":"too-old","detail":"partition 0 is kept from 40 on","position":"0:40"}

        id: 0:41
        event: failed
        data: {"type":"failed","jobId":"j","at":"t2","reason":"Error","retryable":false}

        """);
    Ran ran =
        server.faultline(
            "watch",
            "--queue",
            "q",
            "--queue",
            "r/s",
            "--job-set",
            "s",
            "--job",
            "j",
            "--category",
            "gpu",
            "--owner",
            "ann",
            "--type",
            "failed",
            "--terminal",
            "--since",
            "2026-03-01T11:05:00+01:00");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                "t2  j  failed          final Error\n",
                "faultline: the stream was reset: partition 0 is kept from 40 on\n"));
    assertThat(server.asked.get(0).header("Last-event-id")).isEmpty();
    assertThat(server.asked.get(1).header("Last-event-id")).isEqualTo("0:7");
  }

  @Test
  void watchTakesATimeAgo() {
    Ran ran = server.faultline("watch", "--since", "1h");
    String asked = server.asked.get(0).what();
    assertThat(ran.code()).isEqualTo(4); // this server knows no such stream
    assertThat(asked).startsWith("GET /events?follow=true&since=");
    Instant since =
        Instant.parse(URLDecoder.decode(asked.substring(asked.lastIndexOf('=') + 1), UTF_8));
    assertThat(since).isBetween(Instant.now().minusSeconds(3700), Instant.now().minusSeconds(3600));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q                | QUEUE and JOBSET come together; or use --queue",
        "q s --queue r    | either QUEUE and JOBSET or --queue and --job-set, not both",
        "--since never    | 'never' is neither a time such as 2026-03-01T10:05:00Z nor 30s, 5m or 1h ago",
      })
  void watchRefusesWhatContradictsItself(String args, String says) {
    Ran ran = server.faultline(("watch " + args).split(" "));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(says);
    assertThat(server.asked).isEmpty();
  }

  @Test
  void watchCanEndAfterWhatIsThere() {
    server.stream(
        "GET /queues/q/job-sets/s/events?follow=false", "id: 1\ndata: {\"type\":\"running\"}\n\n");
    assertThat(server.faultline("watch", "q", "s", "--no-follow", "-o", "jsonl"))
        .isEqualTo(new Ran(0, "{\"type\":\"running\"}\n", ""));
  }
}
