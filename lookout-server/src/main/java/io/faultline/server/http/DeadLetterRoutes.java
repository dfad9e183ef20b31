package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.app.DeadLetter;
import io.faultline.app.DeadLetterBox;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import io.faultline.server.access.Permission;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;

/** Records that no service could take, and sending them again. */
final class DeadLetterRoutes {

  private static final String PATH = "/api/v1/dead-letters";
  private static final int MOST_AT_ONCE = 10_000;

  private final DeadLetterBox box;
  private final BooleanSupplier kafkaThere;

  DeadLetterRoutes(DeadLetterBox box, BooleanSupplier kafkaThere) {
    this.box = box;
    this.kafkaThere = kafkaThere;
  }

  List<Route> routes() {
    return List.of(
        Route.get(PATH, Access.READ, this::list),
        Route.post(PATH + "/send", Access.needs(Permission.SEND_DEAD_LETTERS), this::send));
  }

  private void list(Context context) {
    Query query = Query.of(context, "service", "topic", "reason", "limit");
    Optional<String> service = query.text("service");
    Optional<String> topic = query.text("topic");
    Optional<String> reason = query.text("reason");
    int limit = query.limit();
    List<DeadLetter> letters =
        fromKafka(
            () ->
                box.list(
                    letter ->
                        service.map(letter.service()::equals).orElse(true)
                            && topic.map(letter.topic()::equals).orElse(true)
                            && reason.map(letter.reason()::equals).orElse(true),
                    limit));
    Json.answer(context, 200, Json.items(letters.stream().map(DeadLetterRoutes::json).toList()));
  }

  private void send(Context context) {
    Query.of(context);
    YamlMap body =
        YamlFile.read("body", Body.read(context).text()).single().map().only("ids", "all");
    boolean all = body.find("all").map(YamlNode::bool).orElse(false);
    List<String> ids = body.listOrEmpty("ids").stream().map(YamlNode::text).toList();
    if (all == !ids.isEmpty()) {
      throw body.node().problem("exactly one is expected of: ids (at least one), all: true");
    }
    DeadLetterBox.Sent sent = fromKafka(() -> box.send(all ? unsent() : ids));
    ObjectNode answer = Json.object();
    ArrayNode done = answer.putArray("sent");
    sent.sent().forEach(done::add);
    answer.set("refused", Json.tree(sent.refused()));
    Json.answer(context, 200, answer);
  }

  private List<String> unsent() {
    return box.list(letter -> !letter.sent(), MOST_AT_ONCE).stream().map(DeadLetter::id).toList();
  }

  private interface Question<T> {
    T ask();
  }

  private <T> T fromKafka(Question<T> question) {
    if (kafkaThere.getAsBoolean()) {
      try {
        return question.ask();
      } catch (KafkaException e) {
        throw Problems.unavailable("Kafka is away: " + e.getMessage()).exception();
      }
    }
    throw Problems.unavailable("Kafka is away").exception();
  }

  private static ObjectNode json(DeadLetter letter) {
    return Json.object()
        .put("id", letter.id())
        .put("at", letter.at().toString())
        .put("service", letter.service())
        .put("topic", letter.topic())
        .put("partition", letter.topicPartition())
        .put("offset", letter.topicOffset())
        .put("timestamp", letter.timestamp().toString())
        .put("reason", letter.reason())
        .put("error", letter.error())
        .put("key", letter.key())
        .put("bytes", letter.bytes())
        .put("sent", letter.sent());
  }
}
