package io.faultline.schemas.wire;

import org.apache.avro.SystemLimitException;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Avro, set up once for the process: it may make our generated classes (it trusts none by itself),
 * and a broken length in front of a text can't make it allocate gigabytes.
 */
public final class AvroData {

  private static final String GENERATED = io.faultline.schemas.avro.JobError.class.getPackageName();

  /** No record of any topic is larger, see {@link io.faultline.schemas.Topics}. */
  private static final String LONGEST_TEXT = String.valueOf(16 << 20);

  private static final SpecificData DATA = setUp();

  private AvroData() {}

  /** What readers and writers of generated classes use. */
  public static SpecificData get() {
    return DATA;
  }

  private static SpecificData setUp() {
    // read by Avro when its decoder is first used; whoever sets them on the command line wins
    limit(SystemLimitException.MAX_STRING_LENGTH_PROPERTY);
    limit(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY);
    ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
    ClassSecurityPredicate ours = type -> type.getPackageName().equals(GENERATED);
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(others, ours));
    SpecificData data = new SpecificData(AvroData.class.getClassLoader());
    data.setCustomCoders(true);
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    return data;
  }

  private static void limit(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, LONGEST_TEXT);
    }
  }
}
