package io.faultline.eventtest;

/**
 * Something of an event that is not as expected.
 *
 * @param field its name, as test files have it
 * @param expected what was expected, as text
 * @param actual what came, as text; may be empty
 */
public record Difference(String field, String expected, String actual) {

  @Override
  public String toString() {
    return field + ": expected " + expected + ", got " + (actual.isEmpty() ? "nothing" : actual);
  }
}
