package dev.roster.server.apimanagement;

import dev.roster.server.error.ApiError.Detail;
import dev.roster.server.error.ApiException;
import java.util.ArrayList;
import java.util.List;

/** The faulty fields of one request; the service names all of them at once. */
final class FieldFaults {

  private final List<Detail> faults = new ArrayList<>();

  /** The service's text for a field that has to have a value. */
  static String empty(String target) {
    return "'%s' must not be empty.".formatted(target);
  }

  /** The service's text for a field that breaks a rule it has no own text for. */
  static String condition(String target) {
    String name = target.substring(target.lastIndexOf('.') + 1);
    return "The specified condition was not met for '%s'.".formatted(name);
  }

  /** Adds a field with its text. */
  FieldFaults add(String target, String message) {
    faults.add(new Detail(target, message));
    return this;
  }

  /** Adds the field if its text is missing, empty or too long, in UTF-16 units. */
  FieldFaults checkText(String target, String text, int longest) {
    return text == null || text.isEmpty()
        ? add(target, empty(target))
        : checkLength(target, text, longest);
  }

  /** Adds the field if its text is too long, in UTF-16 units. */
  FieldFaults checkLength(String target, String text, int longest) {
    return text == null || text.length() <= longest
        ? this
        : add(
            target,
            "The length of '%s' must be %d characters or fewer. You entered %d characters."
                .formatted(target, longest, text.length()));
  }

  /** Adds the field, with the text for rules without an own one, if it breaks the rule. */
  FieldFaults check(String target, boolean kept) {
    return kept ? this : add(target, condition(target));
  }

  /**
   * Ends the request if any field is faulty.
   *
   * @throws ApiException ValidationError with each of them
   */
  void end() {
    if (!faults.isEmpty()) {
      throw ApiManagementErrors.validation(faults);
    }
  }
}
