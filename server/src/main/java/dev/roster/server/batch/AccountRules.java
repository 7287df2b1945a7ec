package dev.roster.server.batch;

import dev.roster.server.config.Choices;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/** What a name, a password and a key have to be like, which depends on the node's system. */
@Singleton
class AccountRules {

  static final int LONGEST_NAME = 256;

  private static final String NAME = "name";
  private static final String PASSWORD = "password";
  private static final String SSH_PUBLIC_KEY = "sshPublicKey";

  private static final Pattern LINUX_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,31}");
  private static final Pattern WINDOWS_NAME =
      Pattern.compile("[^\"/\\\\\\[\\]:;|=,+*?<>@\\p{Cntrl}]{1,20}");

  private static final int SHORTEST_COMPLEX_PASSWORD = 8;
  private static final int CHARACTER_CLASSES = 3;
  private static final List<Pattern> CLASSES =
      List.of(
          Pattern.compile("\\p{Lower}"),
          Pattern.compile("\\p{Upper}"),
          Pattern.compile("\\p{Digit}"),
          Pattern.compile("[^\\p{Alnum}]"));

  private final Choices choices;

  @Inject
  AccountRules(Choices choices) {
    this.choices = choices;
  }

  /** Checks what holds for a new name on every node. */
  void checkName(String name) {
    if (name == null || name.isEmpty()) {
      throw BatchErrors.missingRequiredProperty(NAME);
    }
    if (name.length() > LONGEST_NAME) {
      throw BatchErrors.invalidPropertyValue(
          NAME, "The name may have at most " + LONGEST_NAME + " characters.");
    }
  }

  /** Checks the format of a new name, if the deployer wants that. */
  void checkNameFormat(ComputeNode node, String name) {
    if (choices.is("batch.add-user.name-format", "refuse")
        && !(node.windows ? WINDOWS_NAME : LINUX_NAME).matcher(name).matches()) {
      throw BatchErrors.invalidPropertyValue(
          NAME, name, "The name is not valid for an account on the node's operating system.");
    }
  }

  /** Checks what the node's system demands of password and key. */
  void checkCredentials(ComputeNode node, Credentials credentials) {
    if (!node.windows) {
      return;
    }
    if (credentials.sshPublicKey() != null) {
      throw BatchErrors.invalidPropertyValue(
          SSH_PUBLIC_KEY, "The property can be specified only for Linux nodes.");
    }
    if (credentials.password() == null || credentials.password().isEmpty()) {
      throw choices.is("batch.common.windows-password-required", "invalid-property-value")
          ? BatchErrors.invalidPropertyValue(PASSWORD, "Windows nodes require a password.")
          : BatchErrors.missingRequiredProperty(PASSWORD);
    }
    if (wantsComplexPasswords() && !isComplex(credentials.password())) {
      throw BatchErrors.invalidPropertyValue(
          PASSWORD,
          "The password needs at least 8 characters of three of the classes lower case, upper case,"
              + " digit and symbol.");
    }
  }

  /** Whether a password can be judged only once its node is known. */
  boolean wantsComplexPasswords() {
    return choices.is("batch.add-user.windows-password-complexity", "refuse");
  }

  private static boolean isComplex(String password) {
    return password.length() >= SHORTEST_COMPLEX_PASSWORD
        && CLASSES.stream().filter(type -> type.matcher(password).find()).count()
            >= CHARACTER_CLASSES;
  }
}
