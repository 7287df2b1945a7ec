package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackErrorAssert.assertXmlError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which format is read, and which is answered. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class NegotiationTest {

  private static final String XML_USER =
      "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"><Name>%1$s</Name>"
          + "<Email>%1$s</Email><State>Active</State></User>";

  @Inject PackWorld world;

  private static Call accepting(Call call, String accept) {
    return accept == null ? call : call.header("Accept", accept);
  }

  private static void assertFormat(String format, String method, String name, Answer answer) {
    JsonNode json;
    if (format.equals("JSON")) {
      assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
      json = answer.json();
    } else {
      json = PackXml.read(method, user(name), answer);
    }
    assertThat(json.get("Name").asText()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none                                        | JSON
          ''                                          | JSON
          */*                                         | JSON
          image/png                                   | JSON
          text/plain, image/*;q=0.1                   | JSON
          application/json                            | JSON
          Application/JSON                            | JSON
          text/json                                   | JSON
          application/json; charset=utf-16            | JSON
          application/json;odata=fullmetadata         | JSON
          application/xml                             | XML
          text/xml                                    | XML
          TEXT/XML; charset=utf-8                     | XML
          */*, application/xml                        | XML
          application/xml, */*                        | XML
          text/html, application/xml;q=0.9, */*;q=0.8 | XML
          application/xml, application/json           | XML
          application/json, application/xml           | JSON
          application/xml;q=0.5, application/json     | JSON
          application/json;q=0.5, application/xml     | XML
          application/json;q=0.4, text/xml;Q=0.6      | XML
          application/json ; q=0.7 , text/xml ; q=0.6 | JSON
          application/json;q=0, application/xml;q=0.1 | XML
          application/xml;q=0                         | JSON
          application/xml;q=0, */*                    | JSON
          application/xml;q=x, application/json;q=0.1 | JSON
          , ;, q=1;                                   | JSON
          """)
  @Covers("pack.common.negotiation")
  void withoutABodyAcceptDecidesAndOtherwiseItIsJson(String accept, String format) {
    String name = world.newUser();

    Answer answer = accepting(world.call("GET", user(name)), accept).send();

    assertThat(answer.status()).isEqualTo(200);
    assertFormat(format, "GET", name, answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          application/json | none             | JSON
          text/json        | none             | JSON
          none             | none             | JSON
          application/xml  | none             | XML
          text/xml         | none             | XML
          application/json | */*              | JSON
          application/xml  | */*              | XML
          application/xml  | image/png        | XML
          application/json | application/xml  | XML
          text/json        | text/xml         | XML
          none             | application/xml  | XML
          application/xml  | application/json | JSON
          text/xml         | text/json        | JSON
          """)
  @Covers("pack.common.negotiation")
  void withABodyItIsWhatTheBodyWasUnlessAcceptDecides(
      String contentType, String accept, String format) {
    String name = newName();
    String sent =
        contentType != null && contentType.endsWith("xml") ? XML_USER.formatted(name) : body(name);

    Call create = accepting(world.call("POST", USERS), accept).body(sent);
    Call update = accepting(world.call("PUT", user(name)), accept).body(sent);
    if (contentType != null) {
      create.header("Content-Type", contentType);
      update.header("Content-Type", contentType);
    }

    Answer created = create.send();
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertFormat(format, "PUT", name, update.send());
  }

  @ParameterizedTest
  @CsvSource({"application/xml, XML", "text/xml, XML", "text/json, JSON", "text/plain, JSON"})
  @Covers("pack.common.negotiation")
  void contentTypeCountsWithoutABodyAsWell(String contentType, String format) {
    String name = world.newUser();

    Answer answer = world.call("GET", user(name)).header("Content-Type", contentType).send();

    assertThat(answer.status()).isEqualTo(200);
    assertFormat(format, "GET", name, answer);
  }

  @Test
  @Covers({"pack.common.negotiation", "pack.common.error-body"})
  void errorsAreInTheFormatOfAnswers() {
    String name = world.newUser();
    String message = "The user '%s' already exists.".formatted(name);
    String xml = XML_USER.formatted(name);

    assertError(world.post(body(name)), 409, "ResourceAlreadyExists", message);
    assertXmlError(
        world.xml("POST", USERS, xml).send(), "POST", USERS, 409, "ResourceAlreadyExists", message);
    assertError(
        world.xml("POST", USERS, xml).header("Accept", "application/json").send(),
        409,
        "ResourceAlreadyExists",
        message);
    assertXmlError(
        world.call("POST", USERS, body(name)).header("Accept", "application/xml").send(),
        "POST",
        USERS,
        409,
        "ResourceAlreadyExists",
        message);
  }

  @Test
  @Covers("pack.common.error-body")
  void detailsOfAnErrorAreElementsInXml() {
    Answer answer =
        world.xml("POST", USERS, XML_USER.formatted(" ")).header("Accept", "*/*").send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(PackXml.read("POST", USERS, answer).toString())
        .isEqualTo(
            "{\"Code\":\"InvalidInput\",\"Message\":\"One or more values are not valid.\","
                + "\"Details\":[{\"Code\":\"InvalidInput\",\"Source\":\"Name\","
                + "\"Message\":\"Name is required.\"},{\"Code\":\"InvalidInput\","
                + "\"Source\":\"Email\",\"Message\":\"Email is required.\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%01", "%1F%7F", "%EF%BF%BE", "%EF%BF%BF", "%F0%9F%98%80", "%3C%26%3E"})
  @Covers("pack.common.error-body")
  void errorThatQuotesOddCharactersIsStillXml(String name) {
    Answer answer = world.raw("GET", "/users/" + name).header("Accept", "application/xml").send();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(PackXml.read("GET", "/users/x", answer).get("Code").asText())
        .isEqualTo("ResourceNotFound");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none",
        "application/json",
        "application/json; charset=utf-8",
        "application/json;odata=verbose;charset=\"UTF-8\"",
        "Application/Json",
        "text/json",
        "text/json; charset=utf-8",
        "TEXT/JSON",
      })
  @Covers("pack.common.content-type")
  void jsonIsReadUnderItsTwoTypesAndWithoutOne(String contentType) {
    String name = newName();

    assertThat(send("POST", USERS, contentType, body(name)).status()).isEqualTo(201);
    assertThat(send("PUT", user(name), contentType, body(name, 2)).status()).isEqualTo(200);
    assertThat(world.read(name).get("State").asInt()).isEqualTo(2);
    assertError(
        send("PUT", user(name), contentType, XML_USER.formatted(name)),
        400,
        "InvalidInput",
        "The body is not JSON.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/xml",
        "application/xml; charset=utf-8",
        "Application/XML",
        "text/xml",
        "text/xml;charset=UTF-8",
        "TEXT/XML"
      })
  @Covers("pack.common.content-type")
  void xmlIsReadUnderItsTwoTypes(String contentType) {
    String name = newName();

    assertThat(send("POST", USERS, contentType, XML_USER.formatted(name)).status()).isEqualTo(201);
    assertThat(send("PUT", user(name), contentType, XML_USER.formatted(name)).status())
        .isEqualTo(200);
    assertThat(world.read(name).get("State").asInt()).isEqualTo(1);
    assertXmlError(
        send("PUT", user(name), contentType, body(name, 2)),
        "PUT",
        user(name),
        400,
        "InvalidInput",
        "The body is no XML element User of the namespace http://schemas.microsoft.com/windowsazure"
            + " without a document type.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "application/merge-patch+json",
        "application/problem+json",
        "application/atom+xml",
        "image/png",
        "*/*",
        "application/*",
        "json",
        "application",
        "application/",
        "/",
        ";",
        "application/json, text/plain"
      })
  @Covers({"pack.common.content-type", "pack.common.error-body"})
  void bodyOfAnotherTypeIsRefused(String contentType) {
    String name = newName();
    String known = world.newUser();
    String message =
        "The media type '%s' is not supported; JSON and XML are.".formatted(contentType);

    assertError(send("POST", USERS, contentType, body(name)), 415, "UnsupportedMediaType", message);
    assertError(
        send("PUT", user(known), contentType, body(known, 2)),
        415,
        "UnsupportedMediaType",
        message);
    assertError(
        send("POST", "/invalidusertokens", contentType, "{}"),
        415,
        "UnsupportedMediaType",
        message);

    assertThat(world.get(user(name)).status()).isEqualTo(404);
    assertThat(world.read(known).get("State").asInt()).isEqualTo(1);
  }

  @Test
  @Covers("pack.common.error-body")
  void refusedMediaTypeIsToldInXmlToWhoAcceptsIt() {
    for (String target : List.of(USERS, "/invalidusertokens")) {
      assertXmlError(
          world
              .raw("POST", target)
              .header("Accept", "application/xml")
              .header("Content-Type", "text/csv")
              .announcedBody("a,b".getBytes(StandardCharsets.UTF_8))
              .send(),
          "POST",
          target,
          415,
          "UnsupportedMediaType",
          "The media type 'text/csv' is not supported; JSON and XML are.");
    }
  }

  private Answer send(String method, String target, String contentType, String body) {
    RawHttp request = world.raw(method, target);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    return request.announcedBody(body.getBytes(StandardCharsets.UTF_8)).send();
  }
}
