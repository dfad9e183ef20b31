package io.faultline.rules.table;

/**
 * Something that is not as expected.
 *
 * @param field its name, as test files have it
 * @param expected as text; {@code none} for nothing
 * @param actual as text; {@code none} for nothing
 */
public record Difference(String field, String expected, String actual) {

  @Override
  public String toString() {
    return field + ": expected " + expected + ", got " + actual;
  }
}
