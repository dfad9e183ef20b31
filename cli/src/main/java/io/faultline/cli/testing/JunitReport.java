package io.faultline.cli.testing;

import io.faultline.eventtest.Verdict;
import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A verdict as JUnit's XML, which every CI reads. */
final class JunitReport {

  private JunitReport() {}

  static String of(String name, Verdict verdict) {
    boolean passed = verdict.result() == Verdict.Result.PASS;
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "faultline test events");
      xml.writeAttribute("tests", "1");
      xml.writeAttribute("failures", passed ? "0" : "1");
      xml.writeAttribute("errors", "0");
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", "events");
      xml.writeAttribute("name", printable(name));
      if (!passed) {
        xml.writeStartElement("failure");
        xml.writeAttribute("type", verdict.result().name().toLowerCase(Locale.ROOT));
        xml.writeAttribute("message", printable(verdict.message()));
        xml.writeCharacters(printable(VerdictText.of(name, verdict)));
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text + "\n";
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
