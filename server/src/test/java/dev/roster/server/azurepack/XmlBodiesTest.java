package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertXmlError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users in XML, as they are answered and as they are read. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class XmlBodiesTest {

  private static final String NAMESPACES =
      "xmlns=\"http://schemas.microsoft.com/windowsazure\""
          + " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"";
  private static final String MALFORMED =
      "The body is no XML element User of the namespace http://schemas.microsoft.com/windowsazure"
          + " without a document type.";

  @Inject PackWorld world;
  @Inject ProviderState providers;

  private static String xml(String elements) {
    return "<User %s>%s</User>".formatted(NAMESPACES, elements);
  }

  private Answer read(String name) {
    return world.call("GET", user(name)).header("Accept", "application/xml").send();
  }

  private Answer post(String xml) {
    return world.xml("POST", USERS, xml).send();
  }

  private Answer put(String name, String xml) {
    return world.xml("PUT", user(name), xml).send();
  }

  @Test
  @Covers("pack.common.xml-form")
  void userIsAnElementWithAllMembersInOrder() {
    String name = newName();

    Answer created =
        post(xml("<Name>%1$s</Name><Email>%1$s</Email><State>Active</State>".formatted(name)));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    JsonNode stored = world.read(name);
    assertThat(PackXml.read("POST", USERS, created)).isEqualTo(stored);
    assertThat(created.text())
        .isEqualTo(
            ("<User %1$s><Name>%2$s</Name><Email>%2$s</Email><State>Active</State>"
                    + "<CreatedTime>%3$s</CreatedTime><SubscriptionCount>0</SubscriptionCount>"
                    + "<ActivationSyncState>InSync</ActivationSyncState>"
                    + "<LastErrorMessage i:nil=\"true\"></LastErrorMessage></User>")
                .formatted(NAMESPACES, name, stored.get("CreatedTime").asText()));
    assertThat(read(name).text()).isEqualTo(created.text());
  }

  @ParameterizedTest
  @CsvSource({"PendingValidation, 0", "Active, 1", "Suspended, 2"})
  @Covers("pack.common.xml-form")
  void statesAreNamesInXml(String state, int number) {
    String name = world.newUser();
    providers.set(name, 2, "<Provider> says: \"no\" & ]]> \u00fc \ud83d\ude00");

    Answer updated = put(name, xml("<Email>a&amp;b@x</Email><State>%s</State>".formatted(state)));

    JsonNode user = PackXml.read("PUT", user(name), updated);
    assertThat(updated.text()).contains("<State>" + state + "</State>");
    assertThat(user).isEqualTo(world.read(name));
    assertThat(user.get("Email").asText()).isEqualTo("a&b@x");
    assertThat(user.get("State").asInt()).isEqualTo(number);
    assertThat(user.get("SubscriptionCount").asInt()).isEqualTo(2);
    assertThat(user.get("LastErrorMessage").asText())
        .isEqualTo("<Provider> says: \"no\" & ]]> \u00fc \ud83d\ude00");
  }

  @Test
  @Covers("pack.common.xml-form")
  void deletionThatGoesOnIsNamedInXml() {
    String name = world.newUser();
    providers.beginDeletion(name);

    Answer answer = read(name);

    assertThat(PackXml.read("GET", user(name), answer).get("State").asInt()).isEqualTo(3);
    assertThat(answer.text()).contains("<State>DeletePending</State>");
  }

  @Test
  @Covers({"pack.list-users.xml", "pack.common.xml-form"})
  void listIsTheGenericContractOfDotNet() {
    String tag = newName();
    world.newUser("b" + tag);
    world.newUser("a" + tag);
    providers.set("b" + tag, 1, "failed");

    String query = USERS + "?take=2&filter=" + tag;
    Answer answer = world.call("GET", query).header("Accept", "text/xml").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .startsWith(
            "<QueryResultOfUserV8bMqAjG %s><filteredTotalCount>2</filteredTotalCount><items><User>"
                    .formatted(NAMESPACES)
                + "<Name>a"
                + tag)
        .contains("</User><User>")
        .endsWith("</totalCount></QueryResultOfUserV8bMqAjG>");
    JsonNode list = PackXml.read("GET", USERS, answer);
    assertThat(list.get("items")).containsExactly(world.read("a" + tag), world.read("b" + tag));
    assertThat(list.get("filteredTotalCount").asInt()).isEqualTo(2);
    assertThat(list.get("totalCount").asInt()).isGreaterThanOrEqualTo(2);
  }

  @Test
  @Covers("pack.list-users.xml")
  void emptyListHasItsElementsAsWell() {
    Answer answer =
        world
            .call("GET", USERS + "?filter=" + newName())
            .header("Accept", "application/xml")
            .send();

    JsonNode list = PackXml.read("GET", USERS, answer);
    assertThat(list.get("items")).isEmpty();
    assertThat(list.get("filteredTotalCount").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<State>Suspended</State><Email>e@x</Email><Name>%1$s</Name>",
        "<LastErrorMessage i:nil=\"true\"/><State>suspended</State><Email>e@x</Email>"
            + "<Name>%1$s</Name>",
        "<ActivationSyncState>OutOfSync</ActivationSyncState><Email>e@x</Email><Name> %1$s </Name>"
            + "<SubscriptionCount>5</SubscriptionCount><State> 2 </State>",
        "\n  <!-- no order --> <Email><![CDATA[e@x]]></Email>\r\n<?p i?><State>SUSPENDED</State>"
            + "<Name>%1$s</Name>",
        "<Email>e&#x40;x</Email><State>Sus<!-- -->pended</State><Name>%1$s</Name>",
        "<Name>other</Name><Name>%1$s</Name><Email>e@x</Email><State>2</State>"
      })
  @Covers("pack.common.xml-lenient")
  void elementsAreReadInAnyOrder(String elements) {
    String name = newName();

    Answer created = post(xml(elements.formatted(name)));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    JsonNode user = PackXml.read("POST", USERS, created);
    assertThat(user.get("Name").asText()).isEqualTo(name);
    assertThat(user.get("Email").asText()).isEqualTo("e@x");
    assertThat(user.get("State").asInt()).isEqualTo(2);
    assertThat(user.get("SubscriptionCount").asInt()).isZero();
    assertThat(user.get("ActivationSyncState").asInt()).isZero();
    assertThat(user.get("LastErrorMessage").isNull()).isTrue();
  }

  @Test
  @Covers("pack.common.xml-lenient")
  void elementsMayBeMissing() {
    String name = world.newUser();

    JsonNode user = PackXml.read("PUT", user(name), put(name, xml("<Email>e@x</Email>")));

    assertThat(user.get("Name").asText()).isEqualTo(name);
    assertThat(user.get("Email").asText()).isEqualTo("e@x");
    assertThat(user.get("State").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", " true "})
  @Covers("pack.common.xml-lenient")
  void nilIsNull(String nil) {
    String name = world.newUser();
    String email = "<Email>e@x</Email>";

    Answer taken = put(name, xml(email + "<Name i:nil=\"%s\"/>".formatted(nil)));
    assertThat(taken.status()).as(taken.text()).isEqualTo(200);

    JsonNode before = world.read(name);
    assertInvalid(put(name, xml("<Email i:nil=\"%s\"/>".formatted(nil))), name, "Email");
    assertInvalid(
        put(name, xml(email + "<State i:nil=\"%s\">1</State>".formatted(nil))), name, "State");
    assertInvalid(
        put(name, xml(email + "<CreatedTime i:nil=\"%s\"></CreatedTime>".formatted(nil))),
        name,
        "CreatedTime");
    assertThat(world.read(name)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i:nil=\"false\"", "i:nil=\"0\"", "nil=\"true\"", "x=\"1\""})
  @Covers("pack.common.xml-lenient")
  void whatIsNotNilHasItsText(String attribute) {
    String name = world.newUser();

    Answer updated = put(name, xml("<Email %s>e@x</Email>".formatted(attribute)));

    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    assertThat(world.read(name).get("Email").asText()).isEqualTo("e@x");
  }

  private static void assertInvalid(Answer answer, String name, String source) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    JsonNode error = PackXml.read("PUT", user(name), answer);
    assertThat(error.get("Code").asText()).isEqualTo("InvalidInput");
    assertThat(error.get("Details")).hasSize(1);
    assertThat(error.get("Details").get(0).get("Source").asText()).isEqualTo(source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Phone>1</Phone>",
        "<a><State>9</State><Name><Name/></Name></a>",
        "<State xmlns=\"urn:other\">9</State>",
        "<o:Email xmlns:o=\"urn:other\" i:nil=\"true\"/>",
        "<Name xmlns=\"\">other</Name>"
      })
  @Covers("pack.common.unknown-members")
  void unknownElementsArePassedOver(String unknown) {
    String name = newName();
    String known = "<Name>%1$s</Name><Email>e@x</Email><State>Suspended</State>".formatted(name);

    Answer created = post(xml(known + unknown));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    JsonNode user = PackXml.read("POST", USERS, created);
    assertThat(user.get("Name").asText()).isEqualTo(name);
    assertThat(user.get("Email").asText()).isEqualTo("e@x");
    assertThat(user.get("State").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "x",
        "{\"Name\": \"a\"}",
        "<User/>",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure/\"/>",
        "<User xmlns=\"urn:other\"><Name>a</Name><Email>e@x</Email></User>",
        "<user xmlns=\"http://schemas.microsoft.com/windowsazure\"/>",
        "<UserToken xmlns=\"http://schemas.microsoft.com/windowsazure\"/>",
        "<Users xmlns=\"http://schemas.microsoft.com/windowsazure\"><User/></Users>",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure\">",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"></user>",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"/><User/>",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"/>x",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure\" a=\"1\" a=\"2\"/>",
        "<p:User xmlns=\"http://schemas.microsoft.com/windowsazure\"/>",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"><Name>&unknown;</Name></User>",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"><Name>&#0;</Name></User>",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"><Name>&#xFFFF;</Name></User>",
        "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"><Name>\u0001</Name></User>",
        "<?xml version=\"1.0\" encoding=\"no-such\"?>"
            + "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"/>",
        "<?xml version=\"9.9\"?><User xmlns=\"http://schemas.microsoft.com/windowsazure\"/>",
        " <?xml version=\"1.0\"?><User xmlns=\"http://schemas.microsoft.com/windowsazure\"/>"
      })
  @Covers("pack.common.body-malformed")
  void bodyThatIsNoElementOfTheExpectedNameIsRefused(String body) {
    String known = world.newUser();
    JsonNode before = world.read(known);

    assertXmlError(post(body), "POST", USERS, 400, "InvalidInput", MALFORMED);
    assertXmlError(put(known, body), "PUT", user(known), 400, "InvalidInput", MALFORMED);

    assertThat(world.read(known)).isEqualTo(before);
  }

  @Test
  @Covers("pack.common.body-malformed")
  void tokenHasAnElementOfItsOwn() {
    String path = "/invalidusertokens";
    String members =
        "<Id>5000000000</Id><Username>%s</Username>"
            + "<TokenExpiryTime>2013-06-28T05:15:30</TokenExpiryTime>";

    assertThat(
            world
                .xml(
                    "POST",
                    path,
                    "<UserToken %s>%s</UserToken>"
                        .formatted(NAMESPACES, members.formatted(newName())))
                .send()
                .status())
        .isEqualTo(200);
    assertXmlError(
        world.xml("POST", path, xml(members.formatted(newName()))).send(),
        "POST",
        path,
        400,
        "InvalidInput",
        MALFORMED.replace("element User", "element UserToken"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <Name><b>a</b></Name>                               | Name
          <Email>a<b/></Email>                                | Email
          <LastErrorMessage><b/></LastErrorMessage>           | LastErrorMessage
          <State><Active/></State>                            | State
          <State>4</State>                                    | State
          <State/>                                            | State
          <State>Deleted</State>                              | State
          <CreatedTime>soon</CreatedTime>                     | CreatedTime
          <SubscriptionCount>1.5</SubscriptionCount>          | SubscriptionCount
          <ActivationSyncState>Synching</ActivationSyncState> | ActivationSyncState
          """)
  @Covers("pack.common.body-malformed")
  void elementOfTheWrongTypeIsRefused(String element, String source) {
    String name = world.newUser();
    JsonNode before = world.read(name);

    assertInvalid(put(name, xml("<Email>e@x</Email>" + element)), name, source);

    assertThat(world.read(name)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "ISO-8859-1"})
  @Covers("pack.common.xml-lenient")
  void encodingIsTheDocumentsOwn(String encoding) {
    String name = "\u00fc" + newName();
    String document =
        "<?xml version=\"1.0\" encoding=\"%s\"?>%s"
            .formatted(encoding, xml("<Name>%s</Name><Email>e@x</Email>".formatted(name)));

    Answer created =
        world
            .raw("POST", USERS)
            .header("Content-Type", "application/xml")
            .announcedBody(document.getBytes(Charset.forName(encoding)))
            .send();

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(PackXml.read("POST", USERS, created).get("Name").asText()).isEqualTo(name);
  }

  @Test
  @Covers("pack.common.body-malformed")
  void bytesThatAreNoTextAreRefused() {
    String start = "<User xmlns=\"http://schemas.microsoft.com/windowsazure\"><Name>";
    for (String latin1 : List.of("\u00ff", "\u00c3(", "\u00c0\u0080", "\u00ed\u00a0\u0080")) {
      Answer answer =
          world
              .raw("POST", USERS)
              .header("Content-Type", "application/xml")
              .announcedBody(
                  (start + latin1 + "</Name></User>").getBytes(StandardCharsets.ISO_8859_1))
              .send();
      assertXmlError(answer, "POST", USERS, 400, "InvalidInput", MALFORMED);
    }
  }
}
