package dev.roster.server.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Reads an XML answer as strictly as .NET's DataContractSerializer does, into the JSON that it
 * stands for, and checks that against the contract, which knows JSON only.
 */
public final class PackXml {

  private static final String NAMESPACE = "http://schemas.microsoft.com/windowsazure";
  private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
  private static final List<String> STATES =
      List.of("PendingValidation", "Active", "Suspended", "DeletePending");
  private static final List<String> SYNC_STATES = List.of("InSync", "Syncing", "OutOfSync");

  private PackXml() {}

  /**
   * What an XML answer stands for.
   *
   * @param path of the request that was answered, without query
   */
  public static JsonNode read(String method, String path, Answer answer) {
    assertThat(answer.header("Content-Type")).contains("application/xml; charset=utf-8");
    JsonNode json = root(parse(answer));
    assertThat(
            Contract.AZURE_PACK.faultsOfResponse(
                method,
                path,
                answer.status(),
                Map.of("Content-Type", List.of("application/json")),
                json.toString().getBytes(StandardCharsets.UTF_8)))
        .as(answer.text())
        .isEmpty();
    return json;
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
      throw new AssertionError("Not XML: " + answer.text(), e);
    } catch (IOException | ParserConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode root(Element root) {
    assertThat(root.getNamespaceURI()).isEqualTo(NAMESPACE);
    return switch (root.getLocalName()) {
      case "User" -> user(root);
      case "QueryResultOfUserV8bMqAjG" -> list(root);
      case "Error" -> error(root);
      default -> throw new AssertionError("No root of an answer: " + root.getLocalName());
    };
  }

  private static ObjectNode user(Element user) {
    List<Element> members =
        members(
            user,
            "Name",
            "Email",
            "State",
            "CreatedTime",
            "SubscriptionCount",
            "ActivationSyncState",
            "LastErrorMessage");
    Element lastError = members.get(6);
    return JsonNodeFactory.instance
        .objectNode()
        .put("Name", text(members.get(0)))
        .put("Email", text(members.get(1)))
        .put("State", number(members.get(2), STATES))
        .put("CreatedTime", text(members.get(3)))
        .put("SubscriptionCount", Integer.valueOf(text(members.get(4))))
        .put("ActivationSyncState", number(members.get(5), SYNC_STATES))
        .put("LastErrorMessage", isNil(lastError) ? null : text(lastError));
  }

  private static ObjectNode list(Element list) {
    List<Element> members = members(list, "filteredTotalCount", "items", "totalCount");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    elements(members.get(1)).forEach(item -> items.add(user(named(item, "User"))));
    return json.put("filteredTotalCount", Integer.valueOf(text(members.get(0))))
        .put("totalCount", Integer.valueOf(text(members.get(2))));
  }

  private static ObjectNode error(Element error) {
    List<Element> members = members(error, "Code", "Message", "Details");
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("Code", text(members.get(0)))
            .put("Message", text(members.get(1)));
    if (isNil(members.get(2))) {
      return json.putNull("Details");
    }
    ArrayNode details = json.putArray("Details");
    for (Element element : elements(members.get(2))) {
      List<Element> detail = members(named(element, "Detail"), "Code", "Source", "Message");
      details
          .addObject()
          .put("Code", text(detail.get(0)))
          .put("Source", text(detail.get(1)))
          .put("Message", text(detail.get(2)));
    }
    return json;
  }

  /** The elements of one, which have to be these in this order. */
  private static List<Element> members(Element parent, String... names) {
    List<Element> members = elements(parent);
    assertThat(members).extracting(Node::getLocalName).containsExactly(names);
    return members;
  }

  private static Element named(Element element, String name) {
    assertThat(element.getLocalName()).isEqualTo(name);
    return element;
  }

  private static List<Element> elements(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      assertThat(node).isInstanceOf(Element.class);
      assertThat(node.getNamespaceURI()).isEqualTo(NAMESPACE);
      elements.add((Element) node);
    }
    return elements;
  }

  private static String text(Element element) {
    assertThat(attributes(element)).as(element.getLocalName()).isEmpty();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      assertThat(node.getNodeType()).isEqualTo(Node.TEXT_NODE);
    }
    return element.getTextContent();
  }

  private static int number(Element element, List<String> names) {
    String name = text(element);
    assertThat(names).contains(name);
    return names.indexOf(name);
  }

  private static boolean isNil(Element element) {
    List<Attr> attributes = attributes(element);
    if (attributes.isEmpty()) {
      return false;
    }
    assertThat(attributes).hasSize(1);
    assertThat(attributes.get(0).getNamespaceURI()).isEqualTo(INSTANCE);
    assertThat(attributes.get(0).getLocalName()).isEqualTo("nil");
    assertThat(attributes.get(0).getValue()).isEqualTo("true");
    assertThat(element.hasChildNodes()).isFalse();
    return true;
  }

  private static List<Attr> attributes(Element element) {
    List<Attr> attributes = new ArrayList<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) element.getAttributes().item(i);
      if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
        attributes.add(attribute);
      }
    }
    return attributes;
  }
}
