package dev.roster.server.azurepack;

import dev.roster.server.error.ApiException;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/** XML as .NET's DataContractSerializer writes and reads it. */
final class XmlText {

  /** The namespace of all contracts of the API. */
  static final String NAMESPACE = "http://schemas.microsoft.com/windowsazure";

  private static final String INSTANCE_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";

  /** What Unicode has for a character that cannot be shown. */
  private static final int REPLACEMENT = 0xFFFD;

  private final XMLStreamWriter writer;

  /**
   * An element in the outermost one.
   *
   * @param text empty for nil
   * @param hasElements whether it is no text but has elements of its own
   */
  record Element(String name, Optional<String> text, boolean hasElements) {}

  /** Writes a document. */
  @FunctionalInterface
  interface Content {
    void writeTo(XmlText xml) throws XMLStreamException;
  }

  private XmlText(XMLStreamWriter writer) {
    this.writer = writer;
  }

  /** Writes a document. */
  static String write(Content content) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      content.writeTo(new XmlText(writer));
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Memory can be written to", e);
    }
    return text.toString();
  }

  /** Begins the outermost element. */
  void root(String name) throws XMLStreamException {
    writer.writeStartElement(name);
    writer.writeDefaultNamespace(NAMESPACE);
    writer.writeNamespace("i", INSTANCE_NAMESPACE);
  }

  /** Begins an element. */
  void start(String name) throws XMLStreamException {
    writer.writeStartElement(name);
  }

  /** Ends the element that was begun last. */
  void end() throws XMLStreamException {
    writer.writeEndElement();
  }

  /**
   * Writes an element with a text.
   *
   * @param text null for nil
   */
  void element(String name, String text) throws XMLStreamException {
    writer.writeStartElement(name);
    if (text == null) {
      writer.writeAttribute("i:nil", "true");
    } else {
      writer.writeCharacters(carried(text));
    }
    writer.writeEndElement();
  }

  /**
   * The text, with a mark in place of each character that no XML has; errors quote what was sent.
   */
  private static String carried(String text) {
    return text.codePoints()
        .map(c -> isXml(c) ? c : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isXml(int c) {
    return Character.isISOControl(c)
        ? c == '\t' || c == '\n' || c == '\r' || c > '\u007e'
        : c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE && c != 0xFFFE && c != 0xFFFF;
  }

  /**
   * Reads the elements in the outermost one; those of other namespaces are passed over.
   *
   * @param root name that the outermost element has to have
   * @throws ApiException InvalidInput, for a document type as well
   */
  static List<Element> read(byte[] document, String root) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // A document type is refused below; until then nothing of it may be followed.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      return read(reader, root);
    } catch (ApiException e) {
      throw e;
    } catch (XMLStreamException | RuntimeException e) {
      // The JDK's parser has unchecked exceptions for some documents, such as one that ends within
      // its document type.
      throw malformed(root);
    }
  }

  private static List<Element> read(XMLStreamReader reader, String root) throws XMLStreamException {
    List<String> open = new ArrayList<>();
    List<Element> elements = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean known = false;
    boolean nil = false;
    boolean nested = false;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw malformed(root);
        case XMLStreamConstants.START_ELEMENT -> {
          open.add(reader.getLocalName());
          if (open.size() == 1) {
            checkRoot(reader, root);
          } else if (open.size() == 2) {
            text.setLength(0);
            known = NAMESPACE.equals(reader.getNamespaceURI());
            nil = isTrue(reader.getAttributeValue(INSTANCE_NAMESPACE, "nil"));
            nested = false;
          } else {
            nested = true;
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (open.size() == 2) {
            text.append(reader.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (open.size() == 2 && known) {
            Optional<String> value = nil ? Optional.empty() : Optional.of(text.toString());
            elements.add(new Element(open.get(1), value, nested));
          }
          open.remove(open.size() - 1);
        }
        default -> {
          // comments, processing instructions, blanks
        }
      }
    }
    return elements;
  }

  private static boolean isTrue(String xsBoolean) {
    return xsBoolean != null && (xsBoolean.strip().equals("true") || xsBoolean.strip().equals("1"));
  }

  private static void checkRoot(XMLStreamReader reader, String root) {
    if (!root.equals(reader.getLocalName()) || !NAMESPACE.equals(reader.getNamespaceURI())) {
      throw malformed(root);
    }
  }

  private static ApiException malformed(String root) {
    return PackErrors.invalidInput(
        "The body is no XML element %s of the namespace %s without a document type."
            .formatted(root, NAMESPACE));
  }
}
