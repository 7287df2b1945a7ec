package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.UserChanges.GivenIdentity;
import dev.roster.server.config.Choices;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openapitools.jackson.nullable.JsonNullable;

/** What the values of a user have to be, whoever has them now. */
@Singleton
class UserRules {

  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_NAME = 100;

  private static final String EMAIL = "email";
  private static final String FIRST_NAME = "firstName";
  private static final String LAST_NAME = "lastName";
  private static final String PASSWORD = "password";
  private static final String STATE = "state";
  private static final String IDENTITIES = "identities";

  private final Choices choices;

  @Inject
  UserRules(Choices choices) {
    this.choices = choices;
  }

  /**
   * Checks what a PUT says.
   *
   * @throws dev.roster.server.error.ApiException ValidationError
   */
  void check(UserDefinition user) {
    FieldFaults faults =
        new FieldFaults()
            .checkText(EMAIL, user.email(), LONGEST_EMAIL)
            .checkText(FIRST_NAME, user.firstName(), LONGEST_NAME)
            .checkText(LAST_NAME, user.lastName(), LONGEST_NAME)
            .check(STATE, user.state() == null || UserState.of(user.state()).isPresent());
    checkIdentities(faults, user.identities());
    faults.end();
  }

  /**
   * Checks what a PATCH says.
   *
   * @throws dev.roster.server.error.ApiException ValidationError
   */
  void check(UserChanges changes) {
    FieldFaults faults = new FieldFaults();
    checkNotNull(faults, EMAIL, changes.email());
    checkNotNull(faults, FIRST_NAME, changes.firstName());
    checkNotNull(faults, LAST_NAME, changes.lastName());
    checkNotNull(faults, PASSWORD, changes.password());
    checkNotNull(faults, STATE, changes.state());
    checkNotNull(faults, IDENTITIES, changes.identities());
    UserChanges.value(changes.email())
        .ifPresent(email -> faults.checkText(EMAIL, email, LONGEST_EMAIL));
    UserChanges.value(changes.firstName())
        .ifPresent(name -> faults.checkText(FIRST_NAME, name, LONGEST_NAME));
    UserChanges.value(changes.lastName())
        .ifPresent(name -> faults.checkText(LAST_NAME, name, LONGEST_NAME));
    UserChanges.value(changes.state())
        .ifPresent(state -> faults.check(STATE, UserState.of(state).isPresent()));
    checkIdentities(faults, changes.identities().orElse(null));
    faults.end();
  }

  private void checkNotNull(FieldFaults faults, String target, JsonNullable<?> member) {
    boolean isNull = member.isPresent() && member.get() == null;
    if (isNull && choices.is("apim.update-user.null-members", "refuse")) {
      faults.add(target, FieldFaults.empty(target));
    }
  }

  private static void checkIdentities(FieldFaults faults, List<GivenIdentity> identities) {
    if (identities == null) {
      return;
    }
    for (int i = 0; i < identities.size(); i++) {
      GivenIdentity identity = identities.get(i);
      faults.check(
          "identities[%d].provider".formatted(i),
          Identity.provider(identity.provider()).isPresent());
    }
  }

  /**
   * Checks that a user may go from one state to another.
   *
   * @throws dev.roster.server.error.ApiException ValidationError
   */
  void checkTransition(UserState present, UserState next) {
    new FieldFaults().check(STATE, present.canBecome(next)).end();
  }

  /** The identities of a new user: that of the address, and those given. */
  List<Identity> identities(String email, List<GivenIdentity> given) {
    return Stream.concat(Stream.of(new Identity(Identity.BASIC, email)), chosen(given)).toList();
  }

  /** The identities of a user after an update: given ones replace all but the service's own. */
  List<Identity> identities(User present, List<GivenIdentity> given) {
    return given == null
        ? present.identities()
        : Stream.concat(
                present.identities().stream().filter(Identity::isGivenByService), chosen(given))
            .toList();
  }

  private static Stream<Identity> chosen(List<GivenIdentity> given) {
    List<Identity> chosen = new ArrayList<>();
    if (given != null) {
      for (GivenIdentity identity : given) {
        chosen.add(
            new Identity(Identity.provider(identity.provider()).orElseThrow(), identity.id()));
      }
    }
    return chosen.stream().filter(identity -> !identity.isGivenByService());
  }
}
