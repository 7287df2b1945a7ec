package dev.roster.server.azurepack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.error.ApiError;
import java.time.Instant;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Writes what the API answers, members in the order of the .NET contracts. */
final class Documents {

  private Documents() {}

  /** One user, as it is at a moment. */
  static String user(Format format, User user, Instant now) {
    return switch (format) {
      case JSON -> json(user, now).toString();
      case XML -> XmlText.write(xml -> xml(xml, user, now));
    };
  }

  /** A page of users, as they are at a moment. */
  static String users(Format format, Page page, Instant now) {
    return switch (format) {
      case JSON -> {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode items = list.putArray("items");
        page.items().forEach(user -> items.add(json(user, now)));
        list.put("filteredTotalCount", page.filteredTotalCount());
        list.put("totalCount", page.totalCount());
        yield list.toString();
      }
      case XML ->
          XmlText.write(
              xml -> {
                // The name that .NET derives for the generic contract, and its members' order.
                xml.root("QueryResultOfUserV8bMqAjG");
                xml.element("filteredTotalCount", Integer.toString(page.filteredTotalCount()));
                xml.start("items");
                for (User user : page.items()) {
                  xml.start("User");
                  members(xml, user, now);
                  xml.end();
                }
                xml.end();
                xml.element("totalCount", Integer.toString(page.totalCount()));
                xml.end();
              });
    };
  }

  /** An error. */
  static String error(Format format, ApiError error) {
    return switch (format) {
      case JSON -> json(error).toString();
      case XML -> XmlText.write(xml -> xml(xml, error));
    };
  }

  private static ObjectNode json(User user, Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Name", user.name())
        .put("Email", user.email())
        .put("State", user.state().ordinal())
        .put("CreatedTime", PackTime.format(user.createdAt()))
        .put("SubscriptionCount", user.subscriptionCount())
        .put("ActivationSyncState", user.syncState(now).ordinal())
        .put("LastErrorMessage", user.lastError(now).orElse(null));
  }

  private static void xml(XmlText xml, User user, Instant now) throws XMLStreamException {
    xml.root("User");
    members(xml, user, now);
    xml.end();
  }

  private static void members(XmlText xml, User user, Instant now) throws XMLStreamException {
    xml.element("Name", user.name());
    xml.element("Email", user.email());
    xml.element("State", user.state().wireName());
    xml.element("CreatedTime", PackTime.format(user.createdAt()));
    xml.element("SubscriptionCount", Integer.toString(user.subscriptionCount()));
    xml.element("ActivationSyncState", user.syncState(now).wireName());
    xml.element("LastErrorMessage", user.lastError(now).orElse(null));
  }

  private static ObjectNode json(ApiError error) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("Code", error.code())
            .put("Message", error.message());
    if (error.details().isEmpty()) {
      return body.putNull("Details");
    }
    ArrayNode details = body.putArray("Details");
    for (ApiError.Detail detail : error.details()) {
      details
          .addObject()
          .put("Code", error.code())
          .put("Source", detail.name())
          .put("Message", detail.value());
    }
    return body;
  }

  private static void xml(XmlText xml, ApiError error) throws XMLStreamException {
    xml.root("Error");
    xml.element("Code", error.code());
    xml.element("Message", error.message());
    List<ApiError.Detail> details = error.details();
    if (details.isEmpty()) {
      xml.element("Details", null);
    } else {
      xml.start("Details");
      for (ApiError.Detail detail : details) {
        xml.start("Detail");
        xml.element("Code", error.code());
        xml.element("Source", detail.name());
        xml.element("Message", detail.value());
        xml.end();
      }
      xml.end();
    }
    xml.end();
  }
}
