package dev.roster.server.nimble;

import dev.roster.server.auth.Passwords;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.RequestContext;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The administrator that every array comes with, so that somebody can log in to a new database. */
@Singleton
class BuiltInAdministrator {

  static final String NAME = "admin";

  private final UserRepository users;
  private final Passwords passwords;
  private final RequestContext context;
  private final Clock clock;
  private final String password;

  @Inject
  BuiltInAdministrator(
      UserRepository users,
      Passwords passwords,
      RequestContext context,
      Clock clock,
      RosterConfig config) {
    this.users = users;
    this.passwords = passwords;
    this.context = context;
    this.clock = clock;
    this.password = config.nimble().adminPassword();
  }

  void onStart(@Observes StartupEvent event) {
    if (users.findPasswordHash(User.ADMINISTRATOR).isEmpty()) {
      users.addBuiltIn(
          User.ADMINISTRATOR,
          new UserDefinition(
              NAME, "Administrator", UserRole.ADMINISTRATOR, 0, "Administrator", "", false),
          passwords.hash(password, context),
          clock.instant());
    }
  }
}
