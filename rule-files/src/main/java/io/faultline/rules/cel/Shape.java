package io.faultline.rules.cel;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of one thing, field by field: for the checker the types, for evaluation the
 * values.
 *
 * @param <T> the thing's type in the domain
 */
final class Shape<T> {

  /**
   * One field.
   *
   * @param value what it is of a thing; null where there is none
   * @param items the shape of what a list holds; null for all but lists of things
   */
  record Field<T>(
      String name, CelType type, Function<T, @Nullable Object> value, @Nullable Shape<?> items) {}

  private final String name;
  private final ImmutableMap<String, Field<T>> fields;
  private final StructType type;

  @SuppressWarnings("Immutable") // the functions of fields have no state
  private Shape(String name, ImmutableMap<String, Field<T>> fields) {
    this.name = name;
    this.fields = fields;
    this.type =
        StructType.create(
            name,
            ImmutableSet.copyOf(fields.keySet()),
            field -> Optional.ofNullable(fields.get(field)).map(Field::type));
  }

  static <T> Builder<T> named(String name) {
    return new Builder<>(name);
  }

  /** For messages, in the order they are declared. */
  List<String> fieldNames() {
    return fields.keySet().asList();
  }

  Field<T> field(String field) {
    Field<T> found = fields.get(field);
    if (found == null) {
      throw new IllegalArgumentException("no such field: " + field);
    }
    return found;
  }

  StructType type() {
    return type;
  }

  CelType reference() {
    return StructTypeReference.create(name);
  }

  /** Collects fields; their order is that of messages. */
  static final class Builder<T> {
    private final String name;
    private final ImmutableMap.Builder<String, Field<T>> fields = ImmutableMap.builder();

    private Builder(String name) {
      this.name = name;
    }

    Builder<T> text(String field, Function<T, @Nullable Object> value) {
      return field(field, SimpleType.STRING, value, null);
    }

    Builder<T> number(String field, Function<T, @Nullable Object> value) {
      return field(field, SimpleType.INT, value, null);
    }

    Builder<T> truth(String field, Function<T, @Nullable Object> value) {
      return field(field, SimpleType.BOOL, value, null);
    }

    Builder<T> time(String field, Function<T, @Nullable Object> value) {
      return field(field, SimpleType.TIMESTAMP, value, null);
    }

    Builder<T> texts(String field, Function<T, @Nullable Object> value) {
      return field(field, ListType.create(SimpleType.STRING), value, null);
    }

    <E> Builder<T> list(String field, Shape<E> items, Function<T, @Nullable Object> value) {
      return field(field, ListType.create(items.reference()), value, items);
    }

    private Builder<T> field(
        String field, CelType type, Function<T, @Nullable Object> value, @Nullable Shape<?> items) {
      fields.put(field, new Field<>(field, type, value, items));
      return this;
    }

    Shape<T> build() {
      return new Shape<>(name, fields.buildOrThrow());
    }
  }
}
