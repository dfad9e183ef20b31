package io.faultline.rules.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.values.StructValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A thing that an expression asks about, field by field; each that is read is noted. */
@SuppressWarnings("Immutable") // what it is of is; only the reading that it belongs to takes notes
final class Fact<T> extends StructValue<String, Fact<T>> {

  /** Where a fact is: a variable, a field of another fact, or an item of a list there. */
  private record Place(@Nullable Fact<?> in, String name, int index) {
    @Override
    public String toString() {
      String path = in == null ? name : in.place + "." + name;
      return index < 0 ? path : path + "[" + index + "]";
    }
  }

  /** A field without a value was read; {@code has} would have told. Has no stack. */
  private static final class AbsentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbsentException(String message) {
      super(message, null, false, false);
    }
  }

  private final Reading reading;
  private final Place place;
  private final Shape<T> shape;
  private final T thing;

  private Fact(Reading reading, Place place, Shape<T> shape, T thing) {
    this.reading = reading;
    this.place = place;
    this.shape = shape;
    this.thing = thing;
  }

  /** The value of a variable: a fact, or a list of them. */
  static Object of(Reading reading, String name, Shape<?> shape, Object thing) {
    return thing instanceof List<?> things
        ? list(reading, null, name, shape, things)
        : fact(reading, new Place(null, name, -1), shape, thing);
  }

  private static List<Fact<?>> list(
      Reading reading, @Nullable Fact<?> in, String name, Shape<?> shape, List<?> things) {
    reading.noteSize(in, name, things.size());
    List<Fact<?>> facts = new ArrayList<>(things.size());
    for (Object thing : things) {
      facts.add(fact(reading, new Place(in, name, facts.size()), shape, thing));
    }
    return facts;
  }

  @SuppressWarnings("unchecked") // a shape stands only with what it is the shape of
  private static <T> Fact<T> fact(Reading reading, Place place, Shape<T> shape, Object thing) {
    return new Fact<>(reading, place, shape, (T) thing);
  }

  /** Its name as the expression has it: {@code failure.events[0]}. */
  String path() {
    return place.toString();
  }

  /** The value of a field; what is absent can't be read. */
  @Override
  public Object select(String name) {
    Shape.Field<T> field = shape.field(name);
    Object value = field.value().apply(thing);
    if (value == null) {
      reading.note(this, name, Reading.NONE);
      throw new AbsentException(path() + " has no " + name);
    }
    if (field.items() != null) {
      return list(reading, this, name, field.items(), (List<?>) value);
    }
    reading.note(this, name, value);
    return value;
  }

  /** For {@code has}: empty text and empty lists are as good as absent. */
  @Override
  public Optional<Object> find(String name) {
    Shape.Field<T> field = shape.field(name);
    Object value = field.value().apply(thing);
    if (value == null || value.equals("") || value.equals(List.of())) {
      reading.note(this, name, Reading.NONE);
      return Optional.empty();
    }
    if (field.items() != null) {
      return Optional.of(list(reading, this, name, field.items(), (List<?>) value));
    }
    reading.note(this, name, value);
    return Optional.of(value);
  }

  /** Itself: the library takes items of lists for their values. */
  @Override
  public Fact<T> value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return false;
  }

  @Override
  public CelType celType() {
    return shape.type();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fact<?> that && thing.equals(that.thing);
  }

  @Override
  public int hashCode() {
    return thing.hashCode();
  }
}
