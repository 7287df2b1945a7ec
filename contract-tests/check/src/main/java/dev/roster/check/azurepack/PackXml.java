package dev.roster.check.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What Azure Pack has in XML. */
final class PackXml {

  static final String NAMESPACE = "http://schemas.microsoft.com/windowsazure";

  private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

  private PackXml() {}

  /** An element with the namespaces that clients write. */
  static String element(String name, String content) {
    return "<%1$s xmlns=\"%2$s\" xmlns:i=\"%3$s\">%4$s</%1$s>"
        .formatted(name, NAMESPACE, INSTANCE, content);
  }

  /** An active user whose address is its name. */
  static String user(String name) {
    return element(
        "User", "<Name>%1$s</Name><Email>%1$s</Email><State>Active</State>".formatted(name));
  }

  /** The root of an answer, which has to be of this name. */
  static Element root(Answer answer, String name) {
    assertThat(answer.header("Content-Type").orElse("none")).startsWith("application/xml");
    Element root = parse(answer);
    assertThat(root.getLocalName()).as("root").isEqualTo(name);
    assertThat(root.getNamespaceURI()).as("namespace of the root").isEqualTo(NAMESPACE);
    return root;
  }

  private static Element parse(Answer answer) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(answer.bytes()))
          .getDocumentElement();
    } catch (SAXException e) {
      throw new AssertionError("not XML: " + e.getMessage(), e);
    } catch (IOException | ParserConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  /** The child elements. */
  static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        assertThat(child.getNamespaceURI()).as("namespace of " + child).isEqualTo(NAMESPACE);
        children.add(child);
      }
    }
    return children;
  }

  /** The names of the child elements, in their order. */
  static List<String> names(Element element) {
    return children(element).stream().map(Element::getLocalName).toList();
  }

  /** The only child element of a name. */
  static Element child(Element element, String name) {
    List<Element> named =
        children(element).stream().filter(child -> child.getLocalName().equals(name)).toList();
    assertThat(named).as("elements " + name).hasSize(1);
    return named.get(0);
  }

  /** The text of the only child element of a name. */
  static String text(Element element, String name) {
    return child(element, name).getTextContent();
  }

  /** Whether an element stands for null. */
  static boolean isNil(Element element) {
    return element.getAttributeNS(INSTANCE, "nil").equals("true");
  }
}
