package dev.roster.server.nimble;

import dev.roster.server.config.Choices;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.nimble.SessionService.LogIn;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Users and log-ins as bodies have them. */
@Singleton
class BodyMapper {

  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String ROLE = "role";
  private static final String PASSWORD = "password";
  private static final String AUTH_PASSWORD = "auth_password";
  private static final String INACTIVITY_TIMEOUT = "inactivity_timeout";
  private static final String FULL_NAME = "full_name";
  private static final String EMAIL_ADDRESS = "email_addr";
  private static final String DISABLED = "disabled";
  private static final String USERNAME = "username";
  private static final String APP_NAME = "app_name";
  private static final String SOURCE_IP = "source_ip";

  private final Choices choices;

  /** A user that is to be, with its password. */
  record NewUser(UserDefinition definition, String password) {}

  @Inject
  BodyMapper(Choices choices) {
    this.choices = choices;
  }

  /**
   * What the body of a creation says.
   *
   * @throws dev.roster.server.error.ApiException SM_unexpected_arg, SM_missing_arg,
   *     SM_invalid_arg_value
   */
  NewUser newUser(RequestBody body) {
    Arguments arguments =
        arguments(
            body,
            NAME,
            PASSWORD,
            DESCRIPTION,
            ROLE,
            INACTIVITY_TIMEOUT,
            FULL_NAME,
            EMAIL_ADDRESS,
            DISABLED);
    String name = arguments.requiredText(NAME, TextType.NS_CLI_USER_NAME);
    String password = arguments.requiredText(PASSWORD, TextType.NS_PASSWORD);
    return new NewUser(
        new UserDefinition(
            name,
            arguments.text(DESCRIPTION, TextType.NS_DESCRIPTION).orElse(""),
            arguments
                .text(ROLE, TextType.NS_USER_ROLES)
                .flatMap(UserRole::of)
                .orElse(UserRole.GUEST),
            arguments
                .seconds(INACTIVITY_TIMEOUT, RosterConfig.Nimble.LONGEST_INACTIVITY)
                .orElse(0L),
            arguments.text(FULL_NAME, TextType.NS_FULL_NAME).orElse(""),
            arguments.text(EMAIL_ADDRESS, TextType.NS_EMAIL).orElse(""),
            arguments.flag(DISABLED).orElse(false)),
        password);
  }

  /**
   * Whether the body of an update names what only administrators change, of themselves as well;
   * nothing else of it is checked.
   */
  boolean needsAdministrator(RequestBody body) {
    return Stream.of(NAME, ROLE, INACTIVITY_TIMEOUT, DISABLED)
        .anyMatch(
            member -> ignoresNull() ? body.data().hasNonNull(member) : body.data().has(member));
  }

  /**
   * What the body of an update says.
   *
   * @param id of the path, which the body may repeat
   * @throws dev.roster.server.error.ApiException SM_unexpected_arg, SM_invalid_arg_value
   */
  UserChanges changes(RequestBody body, String id) {
    Arguments arguments =
        arguments(
            body,
            ID,
            NAME,
            DESCRIPTION,
            ROLE,
            PASSWORD,
            AUTH_PASSWORD,
            INACTIVITY_TIMEOUT,
            FULL_NAME,
            EMAIL_ADDRESS,
            DISABLED);
    checkId(arguments, id);
    return new UserChanges(
        arguments.text(NAME, TextType.NS_CLI_USER_NAME),
        arguments.text(DESCRIPTION, TextType.NS_DESCRIPTION),
        arguments.text(ROLE, TextType.NS_USER_ROLES).flatMap(UserRole::of),
        arguments.text(PASSWORD, TextType.NS_PASSWORD),
        arguments.text(AUTH_PASSWORD, TextType.NS_DOMAIN_PASSWORD),
        arguments.seconds(INACTIVITY_TIMEOUT, RosterConfig.Nimble.LONGEST_INACTIVITY),
        arguments.text(FULL_NAME, TextType.NS_FULL_NAME),
        arguments.text(EMAIL_ADDRESS, TextType.NS_EMAIL),
        arguments.flag(DISABLED));
  }

  /**
   * Checks the body of an action, which may say once more what it is about.
   *
   * @param id of the path
   * @throws dev.roster.server.error.ApiException SM_unexpected_arg, SM_invalid_arg_value
   */
  void checkAction(RequestBody body, String id) {
    checkId(arguments(body, ID), id);
  }

  private static void checkId(Arguments arguments, String id) {
    arguments
        .text(ID, TextType.NS_OBJECT_ID)
        .filter(repeated -> !repeated.equalsIgnoreCase(id))
        .ifPresent(
            other -> {
              throw NimbleErrors.invalidValue(ID, other, "the id of the path");
            });
  }

  /**
   * What the body of a log-in says.
   *
   * @param remoteAddress where the connection comes from
   * @throws dev.roster.server.error.ApiException SM_unexpected_arg, SM_missing_arg,
   *     SM_invalid_arg_value
   */
  LogIn logIn(RequestBody body, String remoteAddress) {
    Arguments arguments = arguments(body, USERNAME, PASSWORD, APP_NAME, SOURCE_IP);
    return new LogIn(
        arguments.requiredText(USERNAME, TextType.NS_DOMAIN_USER),
        arguments.requiredText(PASSWORD, TextType.NS_DOMAIN_PASSWORD),
        arguments.textOrNumber(APP_NAME, TextType.NS_APP_NAME).orElse(""),
        arguments.text(SOURCE_IP, TextType.NS_IP_ADDRESS).orElse(remoteAddress));
  }

  private Arguments arguments(RequestBody body, String... taken) {
    return new Arguments(body.data(), ignoresNull(), List.of(taken));
  }

  private boolean ignoresNull() {
    return choices.is("nimble.common.null-member", "ignore");
  }
}
