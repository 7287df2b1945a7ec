package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.names;
import static dev.roster.server.azurepack.PackWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.http.UrlSegments;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ListUsersTest {

  @Inject PackWorld world;
  @Inject StoredUsers stored;

  /** New users whose names begin with nicknames, in the order of the names, and end with a tag. */
  private String newUsers(String... nicknames) {
    String tag = newName();
    for (String nickname : nicknames) {
      world.newUser(nickname + "." + tag);
    }
    return tag;
  }

  /** The list of the users with a tag. */
  private Answer list(String tag, String query) {
    Answer list = world.get(USERS + "?filter=" + tag + query);
    assertThat(list.status()).as(list.text()).isEqualTo(200);
    return list;
  }

  private static String nicknames(Answer list) {
    return names(list).stream()
        .map(name -> name.substring(0, name.indexOf('.')))
        .collect(Collectors.joining(" "));
  }

  private static void assertCounts(Answer list, int filtered, int total) {
    assertThat(list.json().get("filteredTotalCount").numberValue()).isEqualTo(filtered);
    assertThat(list.json().get("totalCount").numberValue()).isEqualTo(total);
  }

  @Test
  @Covers("pack.list-users.envelope")
  void listHasTheUsersAndBothCounts() {
    String tag = newUsers("ada", "bob");

    Answer list = list(tag, "");

    assertThat(list.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(list.text())
        .isEqualTo(
            "{\"items\":[%s,%s],\"filteredTotalCount\":2,\"totalCount\":%d}"
                .formatted(world.read("ada." + tag), world.read("bob." + tag), stored.count()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&skip=1", "&take=1", "&take=0", "&skip=9", "&skip=1&take=1"})
  @Covers("pack.list-users.envelope")
  void countsAreTheSameOnEveryPage(String page) {
    String tag = newUsers("ada", "bob", "cleo");

    assertCounts(list(tag, page), 3, stored.count());
    assertCounts(list("nobody-" + tag, page), 0, stored.count());
  }

  @Test
  @Covers({"pack.list-users.envelope", "pack.list-users.page"})
  void withoutParametersAllUsersCome() {
    String tag = newUsers("ada", "bob", "cleo");

    Answer list = world.get(USERS);

    assertThat(list.status()).isEqualTo(200);
    assertCounts(list, stored.count(), stored.count());
    assertThat(names(list))
        .hasSize(stored.count())
        .doesNotHaveDuplicates()
        .contains("ada." + tag, "bob." + tag, "cleo." + tag);
  }

  @Test
  @Covers("pack.list-users.page")
  void thereIsNoLargestPage() {
    String tag = newUsers("ada");
    stored.execute(
        """
        insert into pack_user (space, user_key, name, email, email_key, state, created_at,
            subscription_count, synced_at)
          select space, 'x' || copy || user_key, 'x' || copy || name, email, email_key, state,
              created_at, subscription_count, synced_at
            from pack_user, generate_series(1, 2500) copy where user_key = ?
        """,
        "ada." + tag);

    assertThat(names(list(tag, ""))).hasSize(2501);
    assertThat(names(list(tag, "&take=2400"))).hasSize(2400);

    assertThat(stored.execute("delete from pack_user where user_key like ?", "x%" + tag))
        .isEqualTo(2500);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ada bob cleo dan eve",
    "&skip=0, ada bob cleo dan eve",
    "&skip=2, cleo dan eve",
    "&skip=5, ''",
    "&skip=2147483647, ''",
    "&take=2, ada bob",
    "&take=0, ''",
    "&take=2147483647, ada bob cleo dan eve",
    "&skip=1&take=3, bob cleo dan",
    "&skip=4&take=3, eve",
    "&SKIP=1&Take=1, bob",
    "&skip=&take=, ada bob cleo dan eve",
    "&skip=1&take=2&sortDirection=desc, dan cleo"
  })
  @Covers("pack.list-users.page")
  void skipLeavesOutAndTakeLimits(String page, String expected) {
    String tag = newUsers("cleo", "ada", "eve", "bob", "dan");

    assertThat(nicknames(list(tag, page))).isEqualTo(expected);
  }

  /** Three users whom each member puts in another order than their names do. */
  private String threeDifferentUsers() {
    String tag = newUsers("ada", "bob", "cleo");
    String timeless = "email = ?, email_key = ?, state = ?, subscription_count = ?";
    stored.change(
        "ada." + tag,
        timeless
            + ", created_at = '2013-03-03Z', synced_at = '9999-01-01Z', sync_failure = 'a', last_error = 'y'",
        "B-ada@" + tag,
        "b-ada@" + tag,
        2,
        3);
    stored.change(
        "bob." + tag,
        timeless
            + ", created_at = '2013-01-01Z', synced_at = '2013-01-01Z', sync_failure = 'x', last_error = 'z'",
        "c-bob@" + tag,
        "c-bob@" + tag,
        1,
        0);
    stored.change(
        "cleo." + tag,
        timeless + ", created_at = '2013-02-02Z', synced_at = '2013-01-01Z', last_error = 'w'",
        "a-cleo@" + tag,
        "a-cleo@" + tag,
        0,
        11);
    return tag;
  }

  @ParameterizedTest
  @CsvSource({
    "Name, ada bob cleo",
    "Email, cleo ada bob",
    "State, cleo bob ada",
    "CreatedTime, bob cleo ada",
    "SubscriptionCount, bob ada cleo",
    "ActivationSyncState, cleo ada bob",
    "LastErrorMessage, cleo bob ada"
  })
  @Covers("pack.list-users.sort")
  void everyMemberOrders(String member, String expected) {
    String tag = threeDifferentUsers();
    List<String> reverse = new ArrayList<>(Arrays.asList(expected.split(" ", -1)));
    Collections.reverse(reverse);
    String descending = String.join(" ", reverse);

    for (String name :
        List.of(member, member.toLowerCase(Locale.ROOT), member.toUpperCase(Locale.ROOT))) {
      String sorted = "&sortProperty=" + name;
      assertThat(nicknames(list(tag, sorted))).isEqualTo(expected);
      for (String direction : List.of("asc", "ASCENDING")) {
        assertThat(nicknames(list(tag, sorted + "&sortDirection=" + direction)))
            .isEqualTo(expected);
      }
      for (String direction : List.of("desc", "Descending")) {
        assertThat(nicknames(list(tag, sorted + "&sortDirection=" + direction)))
            .isEqualTo(descending);
      }
    }
    assertThat(nicknames(list(tag, "&SORTPROPERTY=" + member + "&sortdirection=DESC&take=2")))
        .isEqualTo(descending.substring(0, descending.lastIndexOf(' ')));
  }

  @Test
  @Covers("pack.list-users.sort")
  void namesAreTheOrderWhateverTheirCase() {
    String tag = newUsers("Cleo", "ada", "Bob", "dan");

    assertThat(nicknames(list(tag, ""))).isEqualTo("ada Bob Cleo dan");
    assertThat(nicknames(list(tag, "&sortDirection=desc"))).isEqualTo("dan Cleo Bob ada");
    assertThat(nicknames(list(tag, "&sortProperty=State"))).isEqualTo("ada Bob Cleo dan");
  }

  @Test
  @Covers("pack.list-users.filter")
  void filterIsFoundInNamesAndAddressesInAnyCase() {
    String tag = newName();
    assertThat(
            world
                .post("{\"Name\": \"ada.%1$s\", \"Email\": \"nobody@example.test\"}".formatted(tag))
                .status())
        .isEqualTo(201);
    assertThat(
            world
                .post(
                    "{\"Name\": \"bob.%2$s\", \"Email\": \"Zoë+%1$s.org\"}"
                        .formatted(tag.toUpperCase(Locale.ROOT), newName()))
                .status())
        .isEqualTo(201);
    newUsers("cleo");

    assertThat(nicknames(list(tag, ""))).isEqualTo("ada bob");
    assertThat(nicknames(list(tag.toUpperCase(Locale.ROOT), ""))).isEqualTo("ada bob");
    assertThat(nicknames(list("DA." + tag, ""))).isEqualTo("ada");
    assertThat(nicknames(list(UrlSegments.encode("zOË+" + tag + ".ORG"), ""))).isEqualTo("bob");
    assertThat(nicknames(list("x" + tag, ""))).isEmpty();
    assertCounts(world.get(USERS + "?filter="), stored.count(), stored.count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"_", "'", "\"", "$", "(", "[", ".+", "^"})
  @Covers("pack.list-users.filter")
  void filterIsNoPattern(String sign) {
    String tag = newName();
    world.newUser(("a.b" + sign + tag).replace("\"", "\\\""));
    world.newUser("b.bx" + tag);

    assertThat(nicknames(list(UrlSegments.encode("b" + sign + tag), ""))).isEqualTo("a");
    assertThat(nicknames(list("%25" + tag, ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "skip, -1",
    "skip, 1.5",
    "skip, x",
    "skip, 2147483648",
    "take, -1",
    "take, 0x10",
    "take, 99999999999999999999",
    "sortProperty, Password",
    "sortProperty, user_key",
    "sortProperty, 'Name,Email'",
    "sortDirection, up",
    "sortDirection, descend"
  })
  @Covers("pack.list-users.parameters-incorrect")
  void incorrectParameterIsNotFound(String parameter, String value) {
    assertError(
        world.get(USERS + "?" + parameter + "=" + value),
        404,
        "ResourceNotFound",
        "The value '%s' of the parameter '%s' is not correct.".formatted(value, parameter));
  }

  @Test
  @Covers("pack.list-users.xml")
  void xmlHasTheNameAndOrderThatDotNetDerives() {
    String tag = newUsers("ada", "bob");
    stored.change(
        "bob." + tag, "state = 2, subscription_count = 3, sync_failure = 'Oh <no> & \"so\".'");
    String created = world.read("ada." + tag).get("CreatedTime").asText();
    String later = world.read("bob." + tag).get("CreatedTime").asText();

    Answer list =
        world.call("GET", USERS + "?filter=" + tag).header("Accept", "application/xml").send();

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.header("Content-Type")).contains("application/xml; charset=utf-8");
    assertThat(list.text())
        .isEqualTo(
            ("<QueryResultOfUserV8bMqAjG xmlns=\"http://schemas.microsoft.com/windowsazure\""
                    + " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">"
                    + "<filteredTotalCount>2</filteredTotalCount><items>"
                    + "<User><Name>ada.%1$s</Name><Email>ada.%1$s</Email><State>Active</State>"
                    + "<CreatedTime>%2$s</CreatedTime><SubscriptionCount>0</SubscriptionCount>"
                    + "<ActivationSyncState>InSync</ActivationSyncState>"
                    + "<LastErrorMessage i:nil=\"true\"></LastErrorMessage></User>"
                    + "<User><Name>bob.%1$s</Name><Email>bob.%1$s</Email><State>Suspended</State>"
                    + "<CreatedTime>%3$s</CreatedTime><SubscriptionCount>3</SubscriptionCount>"
                    + "<ActivationSyncState>OutOfSync</ActivationSyncState>"
                    + "<LastErrorMessage>Oh &lt;no&gt; &amp; \"so\".</LastErrorMessage></User>"
                    + "</items><totalCount>%4$d</totalCount></QueryResultOfUserV8bMqAjG>")
                .formatted(tag, created, later, stored.count()));
  }

  @Test
  @Covers("pack.list-users.xml")
  void emptyListInXmlStillHasItems() {
    Answer list =
        world.call("GET", USERS + "?filter=" + newName()).header("Accept", "text/xml").send();

    assertThat(list.text())
        .contains("<filteredTotalCount>0</filteredTotalCount><items></items><totalCount>");
  }
}
