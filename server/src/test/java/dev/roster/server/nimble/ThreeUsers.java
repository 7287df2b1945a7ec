package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.MutableClock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Three users that share a description, which no others have, and differ in all other members. */
@Singleton
class ThreeUsers {

  /** All members of users. */
  static final String[] MEMBERS = {
    "id",
    "name",
    "search_name",
    "description",
    "role_id",
    "role",
    "inactivity_timeout",
    "creation_time",
    "last_modified",
    "full_name",
    "email_addr",
    "disabled",
    "last_login",
    "last_logout",
    "logged_in"
  };

  @Inject NimbleWorld world;
  @Inject MutableClock clock;

  /**
   * The users, by their ids in this order.
   *
   * @param tag their description
   * @param ada an operator with a session
   * @param bob a guest, disabled, who never logged in
   * @param cleo an administrator who has logged out
   */
  record Three(String tag, TestUser ada, TestUser bob, TestUser cleo) {

    /** The names that tell which users they are, such as {@code ada cleo}, by the true ones. */
    Map<String, String> nicknames() {
      Map<String, String> nicknames = new LinkedHashMap<>();
      nicknames.put(ada.name(), "ada");
      nicknames.put(bob.name(), "bob");
      nicknames.put(cleo.name(), "cleo");
      return nicknames;
    }
  }

  /** Makes them; the clock stands still afterwards. */
  Three add() {
    String tag = newName("tag");
    clock.stop();
    TestUser ada = user("ada", tag, "operator", 60, "Ada Byron", "ada@x.test");
    later();
    TestUser bob = user("bob", tag, "guest", 0, "", "");
    later();
    TestUser cleo = user("cleo", tag, "administrator", 600, "ada lovelace", "Ada@x.test");
    later();
    world.logIn(ada);
    later();
    TestSession ended = world.logIn(cleo);
    later();
    assertThat(world.call(ended, "DELETE", ended.path()).send().status()).isEqualTo(200);
    later();
    assertThat(world.put(bob.path(), "\"disabled\": true").status()).isEqualTo(200);
    return new Three(tag, ada, bob, cleo);
  }

  /** The members of the users as each is read by its id, by the names of {@link Three}. */
  Map<String, JsonNode> members(Three three) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    members.put("ada", world.user(three.ada()));
    members.put("bob", world.user(three.bob()));
    members.put("cleo", world.user(three.cleo()));
    return members;
  }

  /** Compares two values of a member as the array does. */
  static int compare(String member, JsonNode left, JsonNode right) {
    if (left.isNumber()) {
      return Long.compare(left.longValue(), right.longValue());
    }
    return member.equals("email_addr")
        ? left.asText().compareToIgnoreCase(right.asText())
        : left.asText().compareTo(right.asText());
  }

  private TestUser user(
      String prefix, String tag, String role, int timeout, String fullName, String email) {
    return world.newUser(
        newName(prefix),
        """
        "description": "%s", "role": "%s", "inactivity_timeout": %d, "full_name": "%s",
        "email_addr": "%s"
        """
            .formatted(tag, role, timeout, fullName, email));
  }

  private void later() {
    clock.advance(Duration.ofSeconds(1));
  }
}
