package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.UserRepository.Listed;
import dev.roster.server.auth.Passwords;
import dev.roster.server.config.Choices;
import dev.roster.server.database.DatabaseFailures;
import dev.roster.server.database.Transactions;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The rules for users. */
@Singleton
class UserService {

  private final UserRepository users;
  private final GroupRepository groups;
  private final GroupUserRepository members;
  private final UserRules rules;
  private final Passwords passwords;
  private final Transactions transactions;
  private final Choices choices;
  private final Clock clock;
  private final RequestContext context;

  /** A user that was put, with its groups. */
  record Put(User user, List<Group> groups, boolean created) {}

  @Inject
  UserService(
      UserRepository users,
      GroupRepository groups,
      GroupUserRepository members,
      UserRules rules,
      Passwords passwords,
      Transactions transactions,
      Choices choices,
      Clock clock,
      RequestContext context) {
    this.users = users;
    this.groups = groups;
    this.members = members;
    this.rules = rules;
    this.passwords = passwords;
    this.transactions = transactions;
    this.choices = choices;
    this.clock = clock;
    this.context = context;
  }

  /**
   * Looks at a user.
   *
   * @throws ApiException User not found
   */
  User get(ServiceInstance service, String id) {
    return users.find(service, id, RowLock.NONE).orElseThrow(ApiManagementErrors::userNotFound);
  }

  /** Looks at a page of users. */
  Page<Listed> list(ServiceInstance service, Listing listing, boolean withGroups) {
    return users.list(service, listing, withGroups);
  }

  /**
   * Creates a user, or writes what can be written of a present one.
   *
   * @throws ApiException ValidationError, PreconditionFailed, Conflict
   */
  Put put(ServiceInstance service, String id, UserDefinition definition, Preconditions conditions) {
    rules.check(definition);
    String hash = hash(definition.password());
    while (true) {
      try {
        return putOnce(service, id, definition, hash, conditions);
      } catch (RuntimeException e) {
        // Somebody else created the user meanwhile, so that it is there the next time, unless it is
        // deleted again; the transaction ends this with the time for the request.
        if (!DatabaseFailures.isUniqueViolation(e)) {
          throw e;
        }
      }
    }
  }

  private Put putOnce(
      ServiceInstance service,
      String id,
      UserDefinition definition,
      String hash,
      Preconditions conditions) {
    return refusingDuplicates(
        service,
        () ->
            transactions.call(
                () -> {
                  Optional<User> present = users.find(service, id, RowLock.TO_CHANGE);
                  User user =
                      present.isPresent()
                          ? update(service, present.get(), definition, hash, conditions)
                          : create(service, id, definition, hash, conditions);
                  return new Put(user, groups.ofUser(service, id), present.isEmpty());
                }));
  }

  private User create(
      ServiceInstance service,
      String id,
      UserDefinition definition,
      String hash,
      Preconditions conditions) {
    conditions.checkMissing();
    UserState state =
        definition.state() == null
            ? UserState.ACTIVE
            : UserState.of(definition.state()).orElseThrow();
    boolean closed = state == UserState.DELETED;
    User user =
        new User(
            id,
            definition.firstName(),
            definition.lastName(),
            definition.email(),
            state,
            definition.note(),
            closed ? List.of() : rules.identities(definition.email(), definition.identities()),
            now(),
            null);
    User created = users.add(service, user, hash);
    if (!closed) {
      members.add(service, SystemGroup.DEVELOPERS.id(), id);
    }
    return created;
  }

  private User update(
      ServiceInstance service,
      User present,
      UserDefinition definition,
      String hash,
      Preconditions conditions) {
    boolean unconditional = conditions.ifMatch().isEmpty() && conditions.ifNoneMatch().isEmpty();
    if (unconditional && choices.is("apim.put-user.unconditional", "refuse")) {
      throw Preconditions.missing();
    }
    conditions.check(present.version());
    UserState state =
        definition.state() == null
            ? present.state()
            : UserState.of(definition.state()).orElseThrow();
    return replace(
        service,
        present,
        new User(
            present.id(),
            definition.firstName(),
            definition.lastName(),
            definition.email(),
            state,
            definition.note(),
            rules.identities(present, definition.identities()),
            present.registeredAt(),
            null),
        hash);
  }

  /**
   * Changes what the caller names of a user.
   *
   * @throws ApiException ValidationError, User not found, PreconditionFailed, Conflict
   */
  User update(ServiceInstance service, String id, UserChanges changes, Preconditions conditions) {
    rules.check(changes);
    String hash = hash(changes.password().orElse(null));
    return refusingDuplicates(
        service,
        () ->
            transactions.call(
                () -> {
                  User present =
                      users
                          .find(service, id, RowLock.TO_CHANGE)
                          .orElseThrow(ApiManagementErrors::userNotFound);
                  conditions.check(present.version());
                  return replace(service, present, changed(present, changes), hash);
                }));
  }

  private User changed(User present, UserChanges changes) {
    return new User(
        present.id(),
        UserChanges.value(changes.firstName()).orElse(present.firstName()),
        UserChanges.value(changes.lastName()).orElse(present.lastName()),
        UserChanges.value(changes.email()).orElse(present.email()),
        UserChanges.value(changes.state()).flatMap(UserState::of).orElse(present.state()),
        note(present, changes),
        rules.identities(present, changes.identities().orElse(null)),
        present.registeredAt(),
        null);
  }

  private String note(User present, UserChanges changes) {
    boolean keepsOnNull = choices.is("apim.update-user.null-note", "keep");
    boolean isNull = changes.note().isPresent() && changes.note().get() == null;
    return !changes.note().isPresent() || isNull && keepsOnNull
        ? present.note()
        : changes.note().get();
  }

  private User replace(ServiceInstance service, User present, User next, String hash) {
    rules.checkTransition(present.state(), next.state());
    boolean closed = next.state() == UserState.DELETED;
    if (closed && present.isOwner()) {
      throw ApiManagementErrors.systemEntityNotDeleted();
    }
    User stored = users.replace(service, closed ? withoutIdentities(next) : next, hash);
    if (closed && present.state() != UserState.DELETED) {
      members.removeFromAll(service, present.id());
    }
    return stored;
  }

  private static User withoutIdentities(User user) {
    return new User(
        user.id(),
        user.firstName(),
        user.lastName(),
        user.email(),
        user.state(),
        user.note(),
        List.of(),
        user.registeredAt(),
        user.version());
  }

  /**
   * Deletes a user.
   *
   * @return whether there was one
   * @throws ApiException PreconditionFailed; MethodNotAllowed for the owner
   */
  boolean delete(ServiceInstance service, String id, Preconditions conditions) {
    return transactions.call(
        () -> {
          Optional<User> present = users.find(service, id, RowLock.TO_DELETE);
          if (present.isEmpty()) {
            return false;
          }
          if (present.get().isOwner()) {
            throw ApiManagementErrors.systemEntityNotDeleted();
          }
          conditions.check(present.get().version());
          users.delete(service, id);
          return true;
        });
  }

  /** Makes the API's conflict of an address that two users would have. */
  private <T> T refusingDuplicates(ServiceInstance service, Supplier<T> write) {
    try {
      return write.get();
    } catch (RuntimeException e) {
      if (DatabaseFailures.isViolationOf(UserRepository.EMAIL_CONSTRAINT, e)) {
        throw duplicateEmail();
      }
      if (DatabaseFailures.isForeignKeyViolation(e)) {
        // Somebody deleted the service meanwhile.
        throw ApiManagementErrors.serviceNotFound(service.name(), service.resourceGroup());
      }
      throw e;
    }
  }

  private ApiException duplicateEmail() {
    String message = "A user with this email already exists.";
    return choices.is("apim.common.email-duplicate", "conflict")
        ? ApiManagementErrors.conflict(message)
        : ApiManagementErrors.validation("email", message);
  }

  private String hash(String password) {
    return password == null || password.isEmpty() ? null : passwords.hash(password, context);
  }

  /** The precision in which the API tells times. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
