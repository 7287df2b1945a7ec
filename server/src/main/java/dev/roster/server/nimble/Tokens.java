package dev.roster.server.nimble;

import java.util.List;

/** The members of tokens on the wire. */
final class Tokens {

  /** In the order of the documentation's table. */
  static final ObjectSet<ListedToken> SET =
      ObjectSet.of(
          List.of(
              Field.text("id", listed -> listed.session().id()),
              Field.secret(
                  "session_token", ListedToken::token, listed -> listed.session().tokenHash()),
              Field.text("username", listed -> listed.session().userName()),
              Field.text("app_name", listed -> listed.session().appName()),
              Field.text("source_ip", listed -> listed.session().sourceIp()),
              Field.number(
                  "creation_time", listed -> listed.session().createdAt().getEpochSecond()),
              Field.number("last_modified", listed -> listed.session().usedAt().getEpochSecond())),
          "id",
          "id",
          "username");

  /**
   * A session with as much of its token as the caller knows.
   *
   * @param token empty if the caller does not know it
   */
  record ListedToken(Session session, String token) {}

  private Tokens() {}
}
