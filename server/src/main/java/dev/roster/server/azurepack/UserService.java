package dev.roster.server.azurepack;

import dev.roster.server.azurepack.UserQueries.Deletion;
import dev.roster.server.config.Choices;
import dev.roster.server.database.DatabaseFailures;
import dev.roster.server.database.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Users, and what becomes of them. */
@Singleton
class UserService {

  private final UserRepository users;
  private final Synchronisation synchronisation;
  private final Transactions transactions;
  private final Choices choices;
  private final Clock clock;

  @Inject
  UserService(
      UserRepository users,
      Synchronisation synchronisation,
      Transactions transactions,
      Choices choices,
      Clock clock) {
    this.users = users;
    this.synchronisation = synchronisation;
    this.transactions = transactions;
    this.choices = choices;
    this.clock = clock;
  }

  /** A page of the users that meet a query. */
  Page list(UserQuery query) {
    return users.list(query);
  }

  /**
   * One user.
   *
   * @throws dev.roster.server.error.ApiException ResourceNotFound
   */
  User get(String name) {
    return users.find(name).orElseThrow(() -> PackErrors.userNotFound(name));
  }

  /**
   * Creates a user.
   *
   * @throws dev.roster.server.error.ApiException InvalidInput, ResourceAlreadyExists
   */
  User create(UserInput input) {
    UserRules.checkNew(input);
    String name = input.name().orElseThrow();
    Instant now = clock.instant();
    User user =
        new User(
            name,
            input.email().orElseThrow(),
            input.state().orElse(UserState.PENDING_VALIDATION),
            PackTime.stored(now),
            0,
            Optional.empty(),
            now.plus(synchronisation.duration()),
            synchronisation.failure(name),
            Optional.empty());
    try {
      transactions.run(() -> users.add(user));
    } catch (RuntimeException e) {
      if (DatabaseFailures.isViolationOf(UserRepository.NAME_CONSTRAINT, e)) {
        throw PackErrors.userAlreadyExists(name);
      }
      throw e;
    }
    return user;
  }

  /**
   * Replaces what callers may write of a user.
   *
   * @throws dev.roster.server.error.ApiException InvalidInput, ResourceNotFound, Conflict
   */
  User update(String name, UserInput input) {
    boolean merges = choices.is("pack.update-user.replaces", "merge");
    UserRules.checkUpdate(input, name, !merges);
    return transactions.call(
        () -> {
          User present = users.findForUpdate(name).orElseThrow(() -> PackErrors.userNotFound(name));
          if (present.isBeingDeleted()) {
            throw PackErrors.beingDeleted(present.name());
          }
          Instant now = clock.instant();
          UserState absent = merges ? present.state() : UserState.PENDING_VALIDATION;
          User next =
              new User(
                  present.name(),
                  input.email().orElse(present.email()),
                  input.state().orElse(absent),
                  present.createdAt(),
                  present.subscriptionCount(),
                  present.lastError(now),
                  now.plus(synchronisation.duration()),
                  synchronisation.failure(present.name()),
                  Optional.empty());
          users.replace(next);
          return next;
        });
  }

  /**
   * Deletes a user, at once or in the configured time.
   *
   * @throws dev.roster.server.error.ApiException ResourceNotFound, Conflict
   */
  void delete(String name, Deletion deletion) {
    transactions.run(
        () -> {
          User present = users.findForUpdate(name).orElseThrow(() -> PackErrors.userNotFound(name));
          boolean takesSubscriptions = deletion.deleteSubscriptions() || deletion.force();
          if (present.subscriptionCount() > 0 && !takesSubscriptions) {
            throw PackErrors.hasSubscriptions(present.name());
          }
          Optional<String> failure =
              deletion.force() ? Optional.empty() : synchronisation.failure(present.name());
          if (failure.isEmpty() && synchronisation.deletion().isZero()) {
            users.delete(present.name());
          } else {
            users.replace(pending(present, failure));
          }
        });
  }

  private User pending(User present, Optional<String> failure) {
    Instant now = clock.instant();
    Instant end = now.plus(synchronisation.deletion());
    return new User(
        present.name(),
        present.email(),
        UserState.DELETE_PENDING,
        present.createdAt(),
        present.subscriptionCount(),
        present.lastError(now),
        end,
        failure,
        Optional.of(end));
  }
}
