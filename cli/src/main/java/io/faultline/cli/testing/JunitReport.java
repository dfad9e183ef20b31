package io.faultline.cli.testing;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Cases of a test as JUnit's XML, which every CI reads. */
final class JunitReport {

  /** How a case did not pass. */
  enum Kind {
    /** It ran, and the answer is no. */
    FAILURE("failure"),
    /** It could not be run. */
    ERROR("error");

    private final String element;

    Kind(String element) {
      this.element = element;
    }
  }

  /**
   * Why a case did not pass.
   *
   * @param type one word
   * @param message one line
   * @param text all that there is to say
   */
  record Problem(Kind kind, String type, String message, String text) {}

  /**
   * One case.
   *
   * @param group what it belongs to, as a test's class does
   * @param problem null where it passed
   */
  record Case(String group, String name, @Nullable Problem problem) {}

  private JunitReport() {}

  /** The report of a suite. */
  static String of(String suite, List<Case> cases) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", printable(suite));
      xml.writeAttribute("tests", "" + cases.size());
      xml.writeAttribute("failures", "" + count(cases, Kind.FAILURE));
      xml.writeAttribute("errors", "" + count(cases, Kind.ERROR));
      for (Case each : cases) {
        write(xml, each);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text + "\n";
  }

  private static long count(List<Case> cases, Kind kind) {
    return cases.stream().filter(c -> c.problem() != null && c.problem().kind() == kind).count();
  }

  private static void write(XMLStreamWriter xml, Case each) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", printable(each.group()));
    xml.writeAttribute("name", printable(each.name()));
    Problem problem = each.problem();
    if (problem != null) {
      xml.writeStartElement(problem.kind().element);
      xml.writeAttribute("type", printable(problem.type()));
      xml.writeAttribute("message", printable(problem.message()));
      xml.writeCharacters(printable(problem.text()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** XML 1.0 has no place for control characters, which reasons of failures may hold. */
  private static String printable(String text) {
    return text.codePoints()
        .map(
            c ->
                c == '\n'
                        || c == '\t'
                        || (c >= ' ' && c < 0xD800)
                        || (c > 0xDFFF && c < 0xFFFE)
                        || c > 0xFFFF
                    ? c
                    : '\uFFFD')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
