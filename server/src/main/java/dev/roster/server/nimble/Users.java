package dev.roster.server.nimble;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The members of users on the wire. */
final class Users {

  /** In the order of the documentation's table. */
  static final ObjectSet<User> SET =
      ObjectSet.of(
          List.of(
              Field.text("id", User::id),
              Field.text("name", User::name),
              Field.text("search_name", User::searchName),
              Field.text("description", User::description),
              Field.text("role_id", user -> user.role().id()),
              Field.text("role", user -> user.role().wireValue()),
              Field.number("inactivity_timeout", User::inactivityTimeout),
              Field.number("creation_time", user -> user.createdAt().getEpochSecond()),
              Field.number("last_modified", user -> user.modifiedAt().getEpochSecond()),
              Field.text("full_name", User::fullName),
              Field.textInAnyCase("email_addr", User::emailAddress),
              Field.flag("disabled", User::disabled),
              Field.number("last_login", user -> seconds(user.lastLogin())),
              Field.number("last_logout", user -> seconds(user.lastLogout())),
              Field.flag("logged_in", User::loggedIn)),
          "id",
          "id",
          "name");

  private Users() {}

  private static long seconds(Optional<Instant> time) {
    return time.map(Instant::getEpochSecond).orElse(0L);
  }
}
