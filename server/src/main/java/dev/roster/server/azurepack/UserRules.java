package dev.roster.server.azurepack;

import dev.roster.server.error.ApiError.Detail;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.StorableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the values of a user have to be. */
final class UserRules {

  private static final int LONGEST_NAME = 256;

  /** Characters that .NET takes in no path, so that nobody could ask for such a user. */
  private static final String NOT_IN_NAMES = "<>*%&:\\?/";

  private UserRules() {}

  /**
   * Checks a new user.
   *
   * @throws ApiException InvalidInput with each fault
   */
  static void checkNew(UserInput user) {
    List<Detail> faults = new ArrayList<>();
    checkName(user.name(), faults);
    checkEmail(user.email(), faults);
    checkState(user.state(), faults);
    end(faults);
  }

  /**
   * Checks what an update says.
   *
   * @param name of the URI
   * @param emailRequired whether an absent address is a fault
   * @throws ApiException InvalidInput with each fault
   */
  static void checkUpdate(UserInput user, String name, boolean emailRequired) {
    List<Detail> faults = new ArrayList<>();
    if (user.name().filter(text -> !isSame(text, name)).isPresent()) {
      faults.add(new Detail("Name", "Name has to be that of the URI; users cannot be renamed."));
    }
    if (emailRequired || user.email().isPresent()) {
      checkEmail(user.email(), faults);
    }
    checkState(user.state(), faults);
    end(faults);
  }

  private static void checkName(Optional<String> name, List<Detail> faults) {
    String text = name.orElse("");
    if (text.isEmpty()) {
      faults.add(new Detail("Name", "Name is required."));
    } else if (!isPlain(text) || hasForbidden(text)) {
      faults.add(
          new Detail(
              "Name",
              "Name has to have at most 256 characters, none of them a control character or one of"
                  + " < > * % & : \\ ? /."));
    } else if (isDots(text)) {
      faults.add(new Detail("Name", "Name has to be neither . nor .., which no path can have."));
    }
  }

  /** Whether two names are one user's; String's own comparison takes more letters for the same. */
  static boolean isSame(String name, String other) {
    return UserRepository.lower(name).equals(UserRepository.lower(other));
  }

  private static void checkEmail(Optional<String> email, List<Detail> faults) {
    String text = email.orElse("");
    if (text.isBlank()) {
      faults.add(new Detail("Email", "Email is required."));
    } else if (!isPlain(text)) {
      faults.add(
          new Detail(
              "Email", "Email has to have at most 256 characters and no control character."));
    }
  }

  private static void checkState(Optional<UserState> state, List<Detail> faults) {
    if (state.filter(UserState.DELETE_PENDING::equals).isPresent()) {
      faults.add(new Detail("State", "State becomes DeletePending by a DELETE only."));
    }
  }

  /** Adds a fault for a name that no user can have. */
  static void checkUsername(Optional<String> username, List<Detail> faults) {
    if (username.filter(text -> !isPlain(text)).isPresent()) {
      faults.add(
          new Detail(
              "Username", "Username has to have at most 256 characters and no control character."));
    }
  }

  /** Whether both JSON and XML can carry the text, and the database keep it, also as a key. */
  private static boolean isPlain(String text) {
    return text.length() <= LONGEST_NAME
        && StorableText.isStorable(text)
        && text.chars().noneMatch(c -> Character.isISOControl(c) || c >= 0xFFFE);
  }

  /** Whether a path would drop the name, which points to a folder in it. */
  private static boolean isDots(String text) {
    return text.equals(".") || text.equals("..");
  }

  private static boolean hasForbidden(String text) {
    return text.chars().anyMatch(c -> NOT_IN_NAMES.indexOf(c) >= 0);
  }

  private static void end(List<Detail> faults) {
    if (!faults.isEmpty()) {
      throw PackErrors.invalidInput(faults);
    }
  }
}
