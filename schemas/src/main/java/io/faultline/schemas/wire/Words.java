package io.faultline.schemas.wire;

/** Enums of both sides have the same names; Avro's may have UNKNOWN besides. */
final class Words {

  static final String UNKNOWN = "UNKNOWN";

  private Words() {}

  static <E extends Enum<E>> E to(Class<E> type, Enum<?> word) {
    if (word.name().equals(UNKNOWN)) {
      throw new UnknownWordException(type.getSimpleName());
    }
    return Enum.valueOf(type, word.name());
  }
}
