package dev.roster.server.azurepack;

import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;

/** Up to which end the tokens of a user are no longer taken. */
@Singleton
class InvalidTokenRepository {

  private static final SpaceSql ADD =
      SpaceSql.of(
          """
          insert into pack_invalid_token as t (space, user_key, expires_at)
            values (:space, :user, :expiresAt)
            on conflict (space, user_key)
              do update set expires_at = greatest(t.expires_at, excluded.expires_at)
          """);

  private static final SpaceSql FIND =
      SpaceSql.of(
          """
          select 1 from pack_invalid_token t
            where t.space = :space and t.user_key = :user and t.expires_at >= :expiresAt
          """);

  private final SpaceStatements statements;

  @Inject
  InvalidTokenRepository(SpaceStatements statements) {
    this.statements = statements;
  }

  /** Refuses the tokens of a user that end by a time. */
  void add(String username, Instant expiry) {
    statements.update(ADD, parameters(username, expiry));
  }

  /** Whether a token of a user that ends at a time is refused. */
  boolean refuses(String username, Instant expiry) {
    return statements.selectOne(FIND, parameters(username, expiry), row -> true).isPresent();
  }

  private static Map<String, Object> parameters(String username, Instant expiry) {
    return Map.of("user", UserRepository.lower(username), "expiresAt", expiry);
  }
}
