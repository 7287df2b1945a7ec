package dev.roster.server.nimble;

import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.StoredRows;
import jakarta.inject.Singleton;
import java.util.List;

/** The sessions of the array, and what is kept of log-ins, as they are stored. */
@Singleton
class StoredSessions extends StoredRows {

  /** The hashes of the tokens of a user's sessions, dead ones included, in their order. */
  List<String> tokenHashes(TestUser user) {
    return query(
        "select token_hash from nimble_session where user_serial = ? order by serial",
        serial(user.id()));
  }

  /** The row of a user and those of its sessions, as texts. */
  List<String> of(TestUser user) {
    return query(
        """
        select u::text from nimble_user u where serial = ?
          union all select s::text from nimble_session s where user_serial = ? order by 1
        """,
        serial(user.id()),
        serial(user.id()));
  }

  /** Whether the row of a session is there, dead or alive. */
  boolean has(TestSession session) {
    return !query("select serial from nimble_session where serial = ?", serial(session.id()))
        .isEmpty();
  }

  /** When a session was last used, by its row. */
  String usedAt(TestSession session) {
    return query("select used_at::text from nimble_session where serial = ?", serial(session.id()))
        .get(0);
  }

  /** Ends the sessions that the built-in administrator has by now. */
  void endThoseOfTheAdministrator() {
    execute("delete from nimble_session where user_serial = ?", User.ADMINISTRATOR);
  }

  /** What an id ends in. */
  static long serial(String id) {
    return Long.parseLong(id.substring(18), 16);
  }
}
