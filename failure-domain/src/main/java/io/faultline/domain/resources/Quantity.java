package io.faultline.domain.resources;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount as Kubernetes writes it: {@code 512Mi}, {@code 1.5G}, {@code 100m}, {@code 1e9}. Exact:
 * never a binary fraction.
 *
 * @param value in bytes for memory, in cores for cpu; 0 or more
 */
public record Quantity(BigDecimal value) {

  /** What {@link #parse} allows, for messages. */
  public static final String ALLOWED =
      "a quantity such as 512Mi, 1.5G, 100m or 1e9: a number of 0 or more, then nothing, one of"
          + " Ki Mi Gi Ti Pi Ei n u m k M G T P E, or an exponent";

  private static final Pattern FORM =
      Pattern.compile("\\+?([0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(.*)");
  private static final Pattern EXPONENT = Pattern.compile("[eE]([+-]?[0-9]{1,2})");
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final Map<String, BigDecimal> SUFFIXES = suffixes();

  /** Reads a quantity; empty where the text is none. The whole text must be one. */
  public static Optional<Quantity> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(form.group(1));
    String suffix = form.group(2);
    BigDecimal unit = SUFFIXES.get(suffix);
    if (unit != null) {
      return Optional.of(new Quantity(number.multiply(unit)));
    }
    Matcher exponent = EXPONENT.matcher(suffix);
    return exponent.matches()
        ? Optional.of(new Quantity(number.scaleByPowerOfTen(Integer.parseInt(exponent.group(1)))))
        : Optional.empty();
  }

  /** So many bytes. */
  public static Quantity ofBytes(long bytes) {
    return new Quantity(BigDecimal.valueOf(bytes));
  }

  /** Whole bytes, rounded up; the greatest long where there are more. */
  public long bytes() {
    BigInteger whole = value.setScale(0, RoundingMode.CEILING).toBigInteger();
    return whole.min(MOST).longValue();
  }

  /**
   * The shortest exact form in whole units, as a pod spec takes it: {@code 1536Mi}, {@code 1210M},
   * {@code 1299227608}; binary units where two are as short.
   */
  @Override
  public String toString() {
    String best = null;
    for (Map.Entry<String, BigDecimal> suffix : SUFFIXES.entrySet()) {
      BigDecimal[] parts = value.divideAndRemainder(suffix.getValue());
      if (parts[1].signum() == 0) {
        String text = parts[0].toBigInteger() + suffix.getKey();
        best = best == null || text.length() < best.length() ? text : best;
      }
    }
    return best == null ? value.toPlainString() : best;
  }

  /** In the order of preference for printing: binary units first. */
  private static Map<String, BigDecimal> suffixes() {
    Map<String, BigDecimal> all = new LinkedHashMap<>();
    String[] binary = {"Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    for (int i = 0; i < binary.length; i++) {
      all.put(binary[i], new BigDecimal(BigInteger.ONE.shiftLeft(10 * (i + 1))));
    }
    String[] decimal = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    for (int i = 0; i < decimal.length; i++) {
      all.put(decimal[i], BigDecimal.ONE.scaleByPowerOfTen(3 * (i - 3)));
    }
    return all;
  }
}
