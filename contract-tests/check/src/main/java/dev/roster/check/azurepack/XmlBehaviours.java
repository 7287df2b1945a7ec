package dev.roster.check.azurepack;

import static dev.roster.check.azurepack.PackService.USERS;
import static dev.roster.check.azurepack.PackService.newUserName;
import static dev.roster.check.azurepack.PackService.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.replay.Request;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Element;

class XmlBehaviours {

  @RegisterExtension final PackService pack = new PackService();

  @Test
  @Covers("pack.common.xml-form")
  void userIsAnElementWithAllMembersInOrder() {
    String name = newUserName();

    Answer created = pack.create(name, write("POST", USERS, PackXml.user(name)));

    assertThat(created.status()).isEqualTo(201);
    Element user = PackXml.root(created, "User");
    assertThat(PackXml.names(user)).isEqualTo(PackService.USER_MEMBERS);
    assertThat(PackXml.text(user, "Name")).isEqualTo(name);
    assertThat(PackXml.text(user, "Email")).isEqualTo(name);
    assertThat(PackXml.text(user, "State")).isEqualTo("Active");
    assertThat(PackXml.text(user, "SubscriptionCount")).isEqualTo("0");
    assertThat(PackXml.text(user, "ActivationSyncState")).isIn("InSync", "Syncing");
    assertThat(PackXml.isNil(PackXml.child(user, "LastErrorMessage"))).isTrue();
  }

  @Test
  @Covers("pack.common.xml-form")
  void statesAreNames() {
    String name = pack.newUser();

    for (String state : List.of("Suspended", "Active")) {
      Answer updated = write("PUT", user(name), PackXml.user(name).replace("Active", state)).send();
      assertThat(updated.status()).isEqualTo(200);
      assertThat(PackXml.text(PackXml.root(updated, "User"), "State")).isEqualTo(state);
    }
  }

  @Test
  @Covers("pack.common.xml-form")
  void xmlTellsWhatJsonTells() {
    String name = pack.newUser();

    Element xml = PackXml.root(pack.requestForXml("GET", user(name)).send(), "User");

    JsonNode json = pack.read(name);
    for (String member : List.of("Name", "Email", "CreatedTime", "SubscriptionCount")) {
      assertThat(PackXml.text(xml, member)).as(member).isEqualTo(json.get(member).asText());
    }
  }

  @Test
  @Covers("pack.common.xml-lenient")
  void elementsAreReadInAnyOrder() {
    String name = newUserName();

    Answer created =
        pack.create(
            name,
            write(
                "POST",
                USERS,
                PackXml.element(
                    "User",
                    "<LastErrorMessage i:nil=\"true\"/><State>Suspended</State>"
                        + "<Email>e@example.com</Email><Name>%s</Name>".formatted(name))));

    assertThat(created.status()).isEqualTo(201);
    Element user = PackXml.root(created, "User");
    assertThat(PackXml.text(user, "Name")).isEqualTo(name);
    assertThat(PackXml.text(user, "Email")).isEqualTo("e@example.com");
    assertThat(PackXml.text(user, "State")).isEqualTo("Suspended");
  }

  @Test
  @Covers("pack.common.xml-lenient")
  void nilIsNull() {
    String name = newUserName();

    Answer created =
        pack.create(
            name,
            write(
                "POST",
                USERS,
                PackXml.element("User", "<Name>%s</Name><Email i:nil=\"true\"/>".formatted(name))));

    assertThat(created.status()).isEqualTo(400);
    PackXml.root(created, "Error");
    pack.assertUnknown(name);
  }

  @Test
  @Covers("pack.list-users.xml")
  void listIsTheGenericContractOfDotNet() {
    pack.newUser();

    Answer answer = pack.requestForXml("GET", USERS + "?take=1").send();

    assertThat(answer.status()).isEqualTo(200);
    Element list = PackXml.root(answer, "QueryResultOfUserV8bMqAjG");
    assertThat(PackXml.names(list)).containsExactly("filteredTotalCount", "items", "totalCount");
    assertThat(PackXml.text(list, "totalCount")).matches("[1-9]\\d*");
    List<Element> users = PackXml.children(PackXml.child(list, "items"));
    assertThat(users).hasSize(1);
    assertThat(users.get(0).getLocalName()).isEqualTo("User");
    assertThat(PackXml.names(users.get(0))).isEqualTo(PackService.USER_MEMBERS);
  }

  private Request write(String method, String path, String xml) {
    return pack.requestForXml(method, path).header("Content-Type", "application/xml").body(xml);
  }
}
