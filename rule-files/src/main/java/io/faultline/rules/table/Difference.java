package io.faultline.rules.table;

/**
 * Something that is not as a test expects.
 *
 * @param field its name, as test files have it
 * @param expected what was expected, as text
 * @param actual what there is instead, as text; may be empty
 */
public record Difference(String field, String expected, String actual) {

  @Override
  public String toString() {
    return field + ": expected " + expected + ", got " + (actual.isEmpty() ? "nothing" : actual);
  }
}
