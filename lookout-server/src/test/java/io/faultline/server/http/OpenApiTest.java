package io.faultline.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class OpenApiTest {

  private static final JsonNode DOCUMENT = OpenApi.document("1.2.3");

  private static List<Route> routes() {
    Jdbi nowhere =
        Jdbi.create(
            () -> {
              throw new IllegalStateException("not asked");
            });
    return new Api(
            new Api.Needs(
                nowhere,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List::of,
                List::of,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "1"))
        .routes();
  }

  @Test
  void the_document_describes_exactly_the_routes() {
    Set<String> described = new TreeSet<>();
    DOCUMENT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> served = new TreeSet<>();
    for (Route route : routes()) {
      served.add(route.method().name() + " " + route.path().replaceAll("<(\\w+)>", "{$1}"));
    }
    assertThat(described).isEqualTo(served);
  }

  @Test
  void health_alone_is_open() {
    for (Route route : routes()) {
      JsonNode operation =
          DOCUMENT
              .path("paths")
              .path(route.path().replaceAll("<(\\w+)>", "{$1}"))
              .path(route.method().name().toLowerCase(Locale.ROOT));
      assertThat(operation.has("security")).as(route.path()).isEqualTo(!route.access().token());
    }
    assertThat(routes().stream().filter(route -> !route.access().token()).map(Route::path))
        .containsExactlyInAnyOrder("/livez", "/readyz");
  }

  @Test
  void every_reference_resolves_and_every_operation_has_an_id_of_its_own() {
    List<String> references = DOCUMENT.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
    List<String> ids = new ArrayList<>();
    DOCUMENT.path("paths").forEach(path -> ids.addAll(path.findValuesAsText("operationId")));
    assertThat(ids).doesNotHaveDuplicates().hasSize(routes().size());
    assertThat(DOCUMENT.path("info").path("version").asText()).isEqualTo("1.2.3");
  }
}
