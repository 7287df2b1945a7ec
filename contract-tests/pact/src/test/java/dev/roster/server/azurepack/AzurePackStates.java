package dev.roster.server.azurepack;

import au.com.dius.pact.provider.junitsupport.State;
import dev.roster.pact.AzurePackProviderStates;
import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the states that the pact names, as rows of the real database.
 *
 * <p>Each begins by clearing everything of the API, so that none depends on what was before.
 */
@Singleton
public class AzurePackStates {

  private static final Instant CREATED = Instant.parse("2013-06-27T21:15:30.787Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Optional<String> LAST_ERROR =
      Optional.of(AzurePackProviderStates.LAST_ERROR);

  /** A time that no test lives to see. */
  private static final Instant NEVER = Instant.parse("2999-12-31T00:00:00Z");

  private static final List<SpaceSql> CLEAR =
      List.of(
          SpaceSql.of("delete from pack_user where space = :space"),
          SpaceSql.of("delete from pack_invalid_token where space = :space"));

  private static final SpaceSql COUNT =
      SpaceSql.of(
          """
          select (select count(*) from pack_user where space = :space)
            || ' ' || (select count(*) from pack_invalid_token where space = :space) as rows
          """);

  @Inject UserRepository users;
  @Inject InvalidTokenRepository invalidTokens;
  @Inject SpaceStatements statements;

  /** Clears everything. */
  @State(AzurePackProviderStates.NO_USER)
  public void noUser() {
    make();
  }

  /** Makes the user with a subscription and an error. */
  @State(AzurePackProviderStates.USER)
  public void user() {
    make(user(1, LAST_ERROR, CREATED));
  }

  /** Makes the user with neither. */
  @State(AzurePackProviderStates.USER_WITHOUT_SUBSCRIPTIONS)
  public void userWithoutSubscriptions() {
    make(user(0, Optional.empty(), CREATED));
  }

  /** Makes the user, whose synchronisation does not end. */
  @State(AzurePackProviderStates.SYNCING_USER)
  public void syncingUser() {
    make(user(0, Optional.empty(), NEVER));
  }

  /** Makes the user and what a deletion that failed leaves of it. */
  @State(AzurePackProviderStates.DELETION_FAILED)
  public void deletionFailed() {
    User user = user(0, Optional.empty(), CREATED);
    make(user);
    // A new user has no deletion, so that only this stores one.
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                users.replace(
                    new User(
                        user.name(),
                        user.email(),
                        UserState.DELETE_PENDING,
                        user.createdAt(),
                        user.subscriptionCount(),
                        user.lastError(),
                        CREATED,
                        LAST_ERROR,
                        Optional.of(CREATED))));
  }

  /** Makes three users. */
  @State(AzurePackProviderStates.THREE_USERS)
  public void threeUsers() {
    make(
        user(1, LAST_ERROR, CREATED),
        user(
            AzurePackProviderStates.FULL_NAME,
            AzurePackProviderStates.FULL_NAME_EMAIL,
            UserState.ACTIVE,
            CREATED.plus(DAY)),
        user(
            AzurePackProviderStates.THIRD_NAME,
            AzurePackProviderStates.THIRD_NAME,
            UserState.SUSPENDED,
            CREATED.plus(DAY).plus(DAY)));
  }

  /** Tells how many rows there are, for a look at what was made: users and invalid tokens. */
  String rows() {
    return statements.selectOne(COUNT, Map.of(), row -> row.getString("rows")).orElseThrow();
  }

  private void make(User... content) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              CLEAR.forEach(sql -> statements.update(sql, Map.of()));
              List.of(content).forEach(users::add);
            });
  }

  private static User user(int subscriptions, Optional<String> lastError, Instant syncedAt) {
    return new User(
        AzurePackProviderStates.USER_NAME,
        AzurePackProviderStates.USER_NAME,
        UserState.ACTIVE,
        CREATED,
        subscriptions,
        lastError,
        syncedAt,
        Optional.empty(),
        Optional.empty());
  }

  private static User user(String name, String email, UserState state, Instant created) {
    return new User(
        name,
        email,
        state,
        created,
        0,
        Optional.empty(),
        created,
        Optional.empty(),
        Optional.empty());
  }
}
