package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a word is found on a pod that others made. What is found of several places is joined by
 * {@code -}; where the first one has nothing, nothing is found at all.
 *
 * @param places in this order
 */
public record PodWords(List<Place> places) {

  /** What is written, for messages. */
  public static final String ALLOWED =
      "label:KEY, annotation:KEY, text:WORDS or namespace; several, with commas, are joined by -";

  /** Found nowhere. */
  public static final PodWords NOWHERE = new PodWords(List.of());

  private enum Kind {
    LABEL,
    ANNOTATION,
    TEXT,
    NAMESPACE
  }

  /**
   * One place.
   *
   * @param key the label's or annotation's, or the text itself; else empty
   */
  private record Place(Kind kind, String key) {}

  /** Copies the list. */
  public PodWords {
    places = List.copyOf(places);
  }

  /**
   * Reads what is written.
   *
   * @throws IllegalArgumentException where it is none of {@link #ALLOWED}
   */
  public static PodWords parse(String text) {
    List<Place> places = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        places.add(place(part.strip()));
      }
    }
    return new PodWords(places);
  }

  private static Place place(String part) {
    if (part.equals("namespace")) {
      return new Place(Kind.NAMESPACE, "");
    }
    int colon = part.indexOf(':');
    String key = part.substring(colon + 1).strip();
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.NAMESPACE && colon > 0 && !key.isEmpty())
        .filter(kind -> kind.name().equalsIgnoreCase(part.substring(0, colon).strip()))
        .map(kind -> new Place(kind, key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + part + "'; allowed: " + ALLOWED));
  }

  /** The label that a pod must have for anything to be found; empty where none has to be. */
  Optional<String> requiredLabel() {
    return places.stream()
        .limit(1)
        .filter(place -> place.kind == Kind.LABEL)
        .map(Place::key)
        .findFirst();
  }

  /** What a pod says; empty where it says nothing. */
  String of(HasMetadata pod) {
    if (places.isEmpty() || found(places.get(0), pod).isEmpty()) {
      return "";
    }
    return places.stream()
        .map(place -> found(place, pod))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining("-"));
  }

  private static String found(Place place, HasMetadata pod) {
    return switch (place.kind) {
      case LABEL -> value(pod.getMetadata().getLabels(), place.key);
      case ANNOTATION -> value(pod.getMetadata().getAnnotations(), place.key);
      case TEXT -> place.key;
      case NAMESPACE -> PodView.text(pod.getMetadata().getNamespace());
    };
  }

  private static String value(@Nullable Map<String, String> values, String key) {
    return values == null ? "" : values.getOrDefault(key, "").strip();
  }
}
