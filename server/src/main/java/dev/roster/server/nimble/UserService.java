package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.auth.Passwords;
import dev.roster.server.config.Choices;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.database.DatabaseFailures;
import dev.roster.server.database.Transactions;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Users, and who may do what to them. */
@Singleton
class UserService {

  /** Names that systems like the array's give to themselves. */
  private static final Set<String> RESERVED =
      Set.of("root", "bin", "daemon", "nobody", "sshd", "sys", "system");

  private final UserRepository users;
  private final SessionRepository sessions;
  private final LogInQueue queue;
  private final Passwords passwords;
  private final Transactions transactions;
  private final CurrentSession current;
  private final RequestContext context;
  private final Choices choices;
  private final int maxUsers;

  @Inject
  UserService(
      UserRepository users,
      SessionRepository sessions,
      LogInQueue queue,
      Passwords passwords,
      Transactions transactions,
      CurrentSession current,
      RequestContext context,
      Choices choices,
      RosterConfig config) {
    this.users = users;
    this.sessions = sessions;
    this.queue = queue;
    this.passwords = passwords;
    this.transactions = transactions;
    this.current = current;
    this.context = context;
    this.choices = choices;
    this.maxUsers = config.nimble().maxUsers();
  }

  /** The users that the caller wants. */
  ObjectNode list(ObjectQuery<User> query) {
    OptionalLong serial =
        query.onlyText("id").map(ObjectId.Type.USER::serial).orElse(OptionalLong.empty());
    List<User> candidates =
        serial.isPresent()
            ? users.find(serial.getAsLong()).stream().toList()
            : users.list(query.onlyText("name"));
    return query.answer(candidates);
  }

  /**
   * One user.
   *
   * @throws dev.roster.server.error.ApiException SM_enoent
   */
  User get(String id) {
    return users.find(serial(id)).orElseThrow(() -> NimbleErrors.noSuchObject(id));
  }

  /**
   * Creates a user.
   *
   * @throws dev.roster.server.error.ApiException SM_reserved_username, SM_eexist, SM_too_many
   */
  User create(UserDefinition definition, String password) {
    checkReserved(definition.name());
    String hash = passwords.hash(password, context);
    return refusingTakenNames(
        definition.name(),
        () ->
            transactions.call(
                () -> {
                  long count = users.countForCreation();
                  if (!users.list(Optional.of(definition.name())).isEmpty()) {
                    throw NimbleErrors.nameTaken(definition.name());
                  }
                  if (count >= maxUsers) {
                    throw NimbleErrors.tooManyUsers(maxUsers);
                  }
                  return users.add(definition, hash);
                }));
  }

  /**
   * Changes what the caller names of a user.
   *
   * @throws dev.roster.server.error.ApiException SM_eperm, SM_enoent, SM_missing_arg, SM_auth,
   *     SM_reserved_username, SM_eexist, SM_passwd_same_as_current
   */
  User update(String id, UserChanges changes) {
    User target = get(id);
    changes
        .name()
        .filter(name -> !name.equals(target.name()))
        .ifPresent(UserService::checkReserved);
    boolean authorized = changes.password().isEmpty() || isAuthorized(changes);
    if (!authorized) {
      throw NimbleErrors.wrongAuthPassword();
    }
    checkProtection(target, changes);
    Optional<String> hash = changes.password().map(password -> newHash(target, changes, password));
    return refusingTakenNames(
        changes.name().orElse(target.name()),
        () -> transactions.call(() -> update(id, target.serial(), changes, hash)));
  }

  /**
   * Ends a request to change somebody whom the caller's role does not let it change.
   *
   * @throws dev.roster.server.error.ApiException SM_eperm
   */
  void checkPermission(String id) {
    Session caller = current.get();
    if (!caller.isAdministrator() && serial(id) != caller.userSerial()) {
      throw NimbleErrors.notPermitted("Only administrators may change other users.");
    }
  }

  /**
   * Ends a request to change what the caller's role does not let it change, of itself as well.
   *
   * @throws dev.roster.server.error.ApiException SM_eperm
   */
  void checkPermission(UserChanges changes) {
    if (!current.get().isAdministrator() && changes.needsAdministrator()) {
      throw NimbleErrors.notPermitted(
          "Only administrators may change name, role, disabled and inactivity_timeout.");
    }
  }

  private User update(String id, long serial, UserChanges changes, Optional<String> hash) {
    User present = users.findForUpdate(serial).orElseThrow(() -> NimbleErrors.noSuchObject(id));
    checkProtection(present, changes);
    if (changes.isEmpty()) {
      return present;
    }
    User updated =
        users.update(
            serial,
            new UserDefinition(
                changes.name().orElse(present.name()),
                changes.description().orElse(present.description()),
                changes.role().orElse(present.role()),
                changes.inactivityTimeout().orElse(present.inactivityTimeout()),
                changes.fullName().orElse(present.fullName()),
                changes.emailAddress().orElse(present.emailAddress()),
                changes.disabled().orElse(present.disabled())),
            hash);
    boolean endsSessions =
        hash.isPresent() && choices.is("nimble.update-user.password-sessions", "end");
    if (updated.disabled()) {
      sessions.deleteOfUser(serial);
    } else if (endsSessions) {
      sessions.deleteOfUser(serial, current.get().serial());
    }
    return updated.disabled() || endsSessions ? users.find(serial).orElseThrow() : updated;
  }

  private void checkProtection(User present, UserChanges changes) {
    boolean renamed = differs(changes.name(), present.name());
    boolean otherRole = differs(changes.role(), present.role());
    boolean disabled = changes.disabled().orElse(false) && !present.disabled();
    if (present.isBuiltIn() && (renamed || otherRole || disabled)) {
      throw NimbleErrors.notPermitted(
          "The built-in administrator keeps its name and role and cannot be disabled.");
    }
    if (isCaller(present) && (otherRole || disabled)) {
      throw NimbleErrors.notPermitted(
          "Users cannot disable themselves or give themselves another role.");
    }
  }

  private static <T> boolean differs(Optional<T> wanted, T present) {
    return wanted.isPresent() && !wanted.get().equals(present);
  }

  private boolean isCaller(User user) {
    return user.serial() == current.get().userSerial();
  }

  private boolean isAuthorized(UserChanges changes) {
    String authPassword =
        changes.authPassword().orElseThrow(() -> NimbleErrors.missingArgument("auth_password"));
    Session caller = current.get();
    return queue
        .attempt(
            caller.userName(),
            () ->
                users
                    .findPasswordHash(caller.userSerial())
                    .filter(hash -> passwords.verify(authPassword, hash, context)))
        .isPresent();
  }

  private String newHash(User target, UserChanges changes, String password) {
    boolean same =
        isCaller(target)
            ? password.equals(changes.authPassword().orElseThrow())
            : users
                .findPasswordHash(target.serial())
                .filter(hash -> passwords.verify(password, hash, context))
                .isPresent();
    if (same) {
      throw NimbleErrors.samePassword();
    }
    return passwords.hash(password, context);
  }

  /**
   * Deletes a user and ends its sessions.
   *
   * @throws dev.roster.server.error.ApiException SM_enoent, SM_eperm
   */
  void delete(String id) {
    transactions.run(
        () -> {
          User user =
              users.findForUpdate(serial(id)).orElseThrow(() -> NimbleErrors.noSuchObject(id));
          if (user.isBuiltIn()) {
            throw NimbleErrors.notPermitted("The built-in administrator cannot be deleted.");
          }
          if (isCaller(user)) {
            throw NimbleErrors.notPermitted("Users cannot delete themselves.");
          }
          users.delete(user.serial());
        });
  }

  /**
   * Lets a user log in again after too many failed log-ins.
   *
   * @throws dev.roster.server.error.ApiException SM_enoent
   */
  void unlock(String id) {
    if (!users.unlock(serial(id))) {
      throw NimbleErrors.noSuchObject(id);
    }
  }

  /** The serial number in an id; one of no user if it is of another type. */
  private static long serial(String id) {
    return ObjectId.Type.USER.serial(id).orElse(0);
  }

  private static void checkReserved(String name) {
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw NimbleErrors.reservedName(name);
    }
  }

  /** Makes the API's conflict of a name that two users would have. */
  private static <T> T refusingTakenNames(String name, Supplier<T> write) {
    try {
      return write.get();
    } catch (RuntimeException e) {
      if (DatabaseFailures.isViolationOf(UserRepository.NAME_CONSTRAINT, e)) {
        throw NimbleErrors.nameTaken(name);
      }
      throw e;
    }
  }
}
