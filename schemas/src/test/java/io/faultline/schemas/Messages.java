package io.faultline.schemas;

import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.Backoff;
import io.faultline.domain.retry.Mutations;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * Any value of any domain record: every enum word, every sealed case, any text, null where allowed.
 */
public final class Messages {

  private static final long YEAR_1 = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long YEAR_9999 = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

  private Messages() {}

  @SuppressWarnings("unchecked")
  public static <V> Arbitrary<V> of(Class<V> type) {
    return (Arbitrary<V>) any(type);
  }

  private static Arbitrary<?> any(Class<?> type) {
    if (type == Mutations.class) {
      return mutations();
    } else if (type == Backoff.class) {
      return backoff();
    } else if (type == Quantity.class) {
      return Arbitraries.longs().between(0, 1L << 60).map(Quantity::ofBytes);
    } else if (SetMessages.BY_TYPE.containsKey(type)) {
      return SetMessages.BY_TYPE.get(type).get();
    } else if (type.isSealed()) {
      return Arbitraries.oneOf(
          (List) Arrays.stream(type.getPermittedSubclasses()).map(Messages::any).toList());
    } else if (type.isRecord()) {
      return record(type);
    } else if (type.isEnum()) {
      return Arbitraries.of(type.getEnumConstants());
    } else if (type == String.class) {
      return text();
    } else if (type == Instant.class) {
      return Combinators.combine(
              Arbitraries.longs().between(YEAR_1, YEAR_9999),
              Arbitraries.integers().between(0, 999_999))
          .as((second, micro) -> Instant.ofEpochSecond(second, micro * 1_000L));
    } else if (type == boolean.class) {
      return Arbitraries.of(true, false);
    } else if (type == int.class || type == Integer.class) {
      return Arbitraries.integers();
    } else if (type == long.class || type == Long.class) {
      return Arbitraries.longs();
    } else if (type == double.class) {
      return Arbitraries.doubles();
    }
    throw new IllegalArgumentException("no way to make a " + type);
  }

  private static Arbitrary<?> any(AnnotatedType type) {
    Arbitrary<?> values;
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      Arbitrary<?> first = any(arguments[0]);
      values =
          arguments.length == 2
              ? Arbitraries.maps(first, any(arguments[1])).ofMaxSize(3).map(Map::copyOf)
              : first.list().ofMaxSize(3);
    } else {
      values = any((Class<?>) type.getType());
    }
    return type.isAnnotationPresent(Nullable.class) ? values.injectNull(0.3) : values;
  }

  private static Arbitrary<?> record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Arbitrary<Object>> parts =
        Arrays.stream(components)
            .map(component -> any(component.getAnnotatedType()).map(value -> (Object) value))
            .toList();
    return Combinators.combine(parts).as(values -> create(type, components, values));
  }

  private static Object create(Class<?> type, RecordComponent[] components, List<Object> values) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't make a " + type, e);
    }
  }

  /** Each amount grows in one way only. */
  private static Arbitrary<Mutations> mutations() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            of(Growth.class).list().ofMaxSize(4).uniqueElements(Growth::amount))
        .as(Mutations::new);
  }

  private static Arbitrary<Backoff> backoff() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1_000_000),
            Arbitraries.integers().between(10, 1000),
            Arbitraries.integers().between(1_000_000, 2_000_000_000),
            Arbitraries.doubles().between(0, 1))
        .as(
            (initial, factor, max, jitter) ->
                new Backoff(
                    Duration.ofMillis(initial),
                    BigDecimal.valueOf(factor, 1),
                    Duration.ofMillis(max),
                    jitter));
  }

  /** Whole Unicode with NUL and what lies beyond the first 65,536, but no half pairs. */
  private static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "main", "OOMKilled", "\u0000", "<script>", "naïve 🚀", "a\r\nb"),
        Arbitraries.strings()
            .ofMaxLength(8)
            .map(
                s ->
                    new String(
                        s.codePoints().filter(Messages::whole).toArray(),
                        0,
                        (int) s.codePoints().filter(Messages::whole).count())));
  }

  private static boolean whole(int codePoint) {
    return codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE;
  }
}
