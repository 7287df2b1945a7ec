package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertCode;
import static dev.roster.server.nimble.NimbleWorld.ADMIN;
import static dev.roster.server.nimble.NimbleWorld.NOBODY;
import static dev.roster.server.nimble.NimbleWorld.TOKENS;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of several faults the first in the documented order is answered. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class CheckOrderTest {

  private static final String NEW_PASSWORD = "\"password\": \"password-92\"";
  private static final String WRONG = NEW_PASSWORD + ", \"auth_password\": \"wrong\"";

  @Inject NimbleWorld world;
  @Inject StoredSessions stored;

  /** Who sends a request. */
  enum Caller {
    NOBODY,
    GUEST,
    ADMINISTRATOR
  }

  /**
   * A request with two faults, and the answer to the earlier one.
   *
   * @param target with {@code <self>} for the path of the guest and {@code <other>} for that of
   *     another user
   */
  record Faults(
      String earlierAndLater,
      Caller caller,
      String method,
      String target,
      String body,
      int status,
      String code) {
    @Override
    public String toString() {
      return earlierAndLater;
    }
  }

  static Stream<Faults> faults() {
    return Stream.of(
        new Faults(
            "escapes before path",
            Caller.NOBODY,
            "GET",
            "/v1/nothing/%ff",
            "",
            400,
            "SM_malformed_url"),
        new Faults(
            "escapes before verb",
            Caller.NOBODY,
            "PATCH",
            "/v1/users?x=%ff",
            "",
            400,
            "SM_malformed_url"),
        new Faults(
            "path before session",
            Caller.NOBODY,
            "GET",
            "/v1/nothing",
            "",
            404,
            "SM_no_path_found"),
        new Faults(
            "action before session",
            Caller.NOBODY,
            "POST",
            "<other>/actions/lock",
            "",
            404,
            "SM_no_action_found"),
        new Faults(
            "verb before session",
            Caller.NOBODY,
            "PATCH",
            "<other>",
            "",
            400,
            "SM_no_method_for_URL_pattern"),
        new Faults(
            "session before body", Caller.NOBODY, "PUT", "<other>", "no JSON", 401, "SM_auth"),
        new Faults(
            "session before size of body",
            Caller.NOBODY,
            "PUT",
            "<other>",
            " ".repeat(1024 * 1024 + 1),
            401,
            "SM_auth"),
        new Faults(
            "session before path variable", Caller.NOBODY, "GET", USERS + "/7", "", 401, "SM_auth"),
        new Faults(
            "session before query parameters",
            Caller.NOBODY,
            "GET",
            USERS + "?x=1",
            "",
            401,
            "SM_auth"),
        new Faults(
            "session before number in a query parameter",
            Caller.NOBODY,
            "GET",
            USERS + "?pageSize=x",
            "",
            401,
            "SM_auth"),
        new Faults(
            "session before criteria", Caller.NOBODY, "POST", TOKENS, query("7"), 401, "SM_auth"),
        new Faults(
            "body before path variable",
            Caller.ADMINISTRATOR,
            "PUT",
            USERS + "/7",
            "no JSON",
            400,
            "SM_invalid_arg"),
        new Faults(
            "what is beside data before path variable",
            Caller.ADMINISTRATOR,
            "POST",
            USERS + "/7/actions/unlock",
            "{\"data\": {}, \"x\": 1}",
            400,
            "SM_unexpected_child"),
        new Faults("body before role", Caller.GUEST, "PUT", "<other>", "{}", 400, "SM_missing_arg"),
        new Faults(
            "path variable before query parameters",
            Caller.ADMINISTRATOR,
            "GET",
            USERS + "/7?fields=x",
            "",
            400,
            "SM_invalid_path_variable"),
        new Faults(
            "path variable of a session before query parameters",
            Caller.ADMINISTRATOR,
            "DELETE",
            TOKENS + "/7?x=1",
            "",
            400,
            "SM_invalid_path_variable"),
        new Faults(
            "path variable before role",
            Caller.GUEST,
            "DELETE",
            USERS + "/7",
            "",
            400,
            "SM_invalid_path_variable"),
        new Faults(
            "query parameters before role",
            Caller.GUEST,
            "DELETE",
            "<other>?x=1",
            "",
            400,
            "SM_unexpected_query_param"),
        new Faults(
            "query parameters before role, of a creation",
            Caller.GUEST,
            "POST",
            USERS + "?x=1",
            data(""),
            400,
            "SM_unexpected_query_param"),
        new Faults(
            "query parameters before arguments of a log-in",
            Caller.NOBODY,
            "POST",
            TOKENS + "?x=1",
            data(""),
            400,
            "SM_unexpected_query_param"),
        new Faults(
            "query parameters before criteria",
            Caller.ADMINISTRATOR,
            "POST",
            USERS + "?x=1",
            query("7"),
            400,
            "SM_unexpected_query_param"),
        new Faults(
            "role before arguments of a creation",
            Caller.GUEST,
            "POST",
            USERS,
            data("\"x\": 1"),
            403,
            "SM_eperm"),
        new Faults(
            "role before arguments of another user",
            Caller.GUEST,
            "PUT",
            "<other>",
            data("\"x\": 1"),
            403,
            "SM_eperm"),
        new Faults(
            "role before value of what only administrators change",
            Caller.GUEST,
            "PUT",
            "<self>",
            data("\"name\": \"not a name\""),
            403,
            "SM_eperm"),
        new Faults(
            "role before other arguments of oneself",
            Caller.GUEST,
            "PUT",
            "<self>",
            data("\"disabled\": false, \"x\": 1"),
            403,
            "SM_eperm"),
        new Faults(
            "role before arguments of an action",
            Caller.GUEST,
            "POST",
            "<other>/actions/unlock",
            data("\"x\": 1"),
            403,
            "SM_eperm"),
        new Faults(
            "role before object",
            Caller.GUEST,
            "PUT",
            USERS + "/" + NOBODY,
            data(""),
            403,
            "SM_eperm"),
        new Faults(
            "role before object, of a deletion",
            Caller.GUEST,
            "DELETE",
            USERS + "/" + NOBODY,
            "",
            403,
            "SM_eperm"),
        new Faults(
            "arguments before object",
            Caller.ADMINISTRATOR,
            "PUT",
            USERS + "/" + NOBODY,
            data("\"x\": 1"),
            400,
            "SM_unexpected_arg"),
        new Faults(
            "arguments of an action before object",
            Caller.ADMINISTRATOR,
            "POST",
            USERS + "/" + NOBODY + "/actions/unlock",
            data("\"id\": \"7\""),
            400,
            "SM_invalid_arg_value"),
        new Faults(
            "arguments before object, of a session",
            Caller.ADMINISTRATOR,
            "POST",
            TOKENS + "/" + NOBODY + "/actions/report_user_details",
            data("\"x\": 1"),
            400,
            "SM_unexpected_arg"),
        new Faults(
            "object before reserved name",
            Caller.ADMINISTRATOR,
            "PUT",
            USERS + "/" + NOBODY,
            data("\"name\": \"root\""),
            404,
            "SM_enoent"),
        new Faults(
            "object before missing authorization password",
            Caller.ADMINISTRATOR,
            "PUT",
            USERS + "/" + NOBODY,
            data(NEW_PASSWORD),
            404,
            "SM_enoent"),
        new Faults(
            "object before wrong authorization password",
            Caller.ADMINISTRATOR,
            "PUT",
            USERS + "/" + NOBODY,
            data(WRONG),
            404,
            "SM_enoent"),
        new Faults(
            "reserved name before authorization password",
            Caller.ADMINISTRATOR,
            "PUT",
            "<other>",
            data("\"name\": \"root\", " + WRONG),
            400,
            "SM_reserved_username"),
        new Faults(
            "reserved name before protected objects",
            Caller.ADMINISTRATOR,
            "PUT",
            USERS + "/" + ADMIN,
            data("\"name\": \"root\""),
            400,
            "SM_reserved_username"),
        new Faults(
            "authorization password before protected objects",
            Caller.ADMINISTRATOR,
            "PUT",
            USERS + "/" + ADMIN,
            data("\"disabled\": true, " + WRONG),
            403,
            "SM_auth"),
        new Faults(
            "authorization password before a name that is taken",
            Caller.ADMINISTRATOR,
            "PUT",
            "<other>",
            data("\"name\": \"admin\", " + WRONG),
            403,
            "SM_auth"),
        new Faults(
            "protected objects before a name that is taken",
            Caller.ADMINISTRATOR,
            "PUT",
            USERS + "/" + ADMIN,
            data("\"name\": \"user729060021\""),
            403,
            "SM_eperm"),
        new Faults(
            "protected objects before the present password",
            Caller.ADMINISTRATOR,
            "PUT",
            USERS + "/" + ADMIN,
            data(
                "\"role\": \"guest\", \"password\": \"password-92\", \"auth_password\": \"admin\""),
            403,
            "SM_eperm"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  @Covers("nimble.common.check-order")
  void earlierFaultIsAnswered(Faults faults) {
    TestUser self = world.newUser();
    TestUser other = world.newUser();
    TestSession session =
        switch (faults.caller) {
          case NOBODY -> new TestSession("", "dead");
          case GUEST -> world.logIn(self);
          case ADMINISTRATOR -> world.admin();
        };
    String target = faults.target.replace("<self>", self.path()).replace("<other>", other.path());
    List<String> rows = stored.of(other);

    assertCode(
        RawHttp.of(Contract.NIMBLE, world.origin(), faults.method, target)
            .header("X-Auth-Token", session.token())
            .announcedBody(faults.body.getBytes(StandardCharsets.UTF_8))
            .send(),
        faults.status,
        faults.code);

    assertThat(stored.of(other)).isEqualTo(rows);
    assertThat(world.user(self).get("last_modified"))
        .isEqualTo(world.user(self).get("creation_time"));
  }
}
