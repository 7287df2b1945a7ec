package dev.roster.check;

import dev.roster.check.pact.PactVerification.Outcome;
import dev.roster.check.pact.PactVerification.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What pact files came to in the form of JUnit: a suite is a file, a test an interaction. */
final class JunitXml {

  /** What XML 1.0 has no characters for. */
  private static final String UNWRITABLE =
      "[^\\x09\\x0A\\x0D\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

  private JunitXml() {}

  static void write(Path file, List<Outcome> outcomes) {
    try {
      ReportFiles.makeFolder(file);
      try (Writer writer = Files.newBufferedWriter(file)) {
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(writer);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        for (Outcome outcome : outcomes) {
          writeSuite(xml, outcome);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
      }
    } catch (IOException e) {
      throw ReportFiles.unwritable(file, e);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writeSuite(XMLStreamWriter xml, Outcome outcome) throws XMLStreamException {
    long failures =
        outcome.verdicts().stream().filter(verdict -> !verdict.findings().isEmpty()).count();
    xml.writeStartElement("testsuite");
    attribute(xml, "name", outcome.name());
    attribute(
        xml, "tests", Integer.toString(outcome.verdicts().size() + outcome.unreadable().size()));
    attribute(xml, "failures", Long.toString(failures));
    attribute(xml, "errors", Integer.toString(outcome.unreadable().size()));
    attribute(xml, "skipped", "0");
    for (Verdict verdict : outcome.verdicts()) {
      writeTest(
          xml,
          outcome.name(),
          verdict.description(),
          "failure",
          verdict.findings().stream().map(Finding::toString).toList());
    }
    for (String unreadable : outcome.unreadable()) {
      writeTest(xml, outcome.name(), "is a pact that can be checked", "error", List.of(unreadable));
    }
    xml.writeEndElement();
  }

  private static void writeTest(
      XMLStreamWriter xml, String suite, String name, String kind, List<String> faults)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute(xml, "name", name);
    attribute(xml, "classname", suite);
    if (!faults.isEmpty()) {
      xml.writeStartElement(kind);
      attribute(xml, "message", faults.get(0));
      xml.writeCharacters(writable(faults.stream().collect(Collectors.joining("\n"))));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, writable(value));
  }

  private static String writable(String text) {
    return text.replaceAll(UNWRITABLE, "\uFFFD");
  }
}
