package io.faultline.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.server.lookout.Page;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers that are one page of a list, with the way to the next. */
final class Pages {

  /** The parameter that holds where the last page ended. */
  static final String CURSOR = "cursor";

  private Pages() {}

  static void answer(Context context, Page page) {
    answer(context, page.items(), page.last().map(Cursor::encode));
  }

  static void answer(
      Context context, Collection<? extends JsonNode> items, Optional<String> cursor) {
    ObjectNode body = Json.items(items);
    cursor
        .map(c -> next(context, c))
        .ifPresent(
            next -> {
              body.put("next", next);
              context.header("Link", "<" + next + ">; rel=\"next\"");
            });
    Json.answer(context, 200, body);
  }

  /** The same request with another cursor. */
  private static String next(Context context, String cursor) {
    String query =
        context.queryParamMap().entrySet().stream()
            .filter(entry -> !entry.getKey().equals(CURSOR))
            .flatMap(entry -> entry.getValue().stream().map(v -> pair(entry.getKey(), v)))
            .collect(Collectors.joining("&"));
    String path = context.req().getRequestURI();
    return path + "?" + query + (query.isEmpty() ? "" : "&") + pair(CURSOR, cursor);
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
