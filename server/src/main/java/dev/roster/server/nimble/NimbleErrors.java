package dev.roster.server.nimble;

import dev.roster.server.error.ApiError;
import dev.roster.server.error.ApiError.Detail;
import dev.roster.server.error.ApiException;
import java.util.List;
import java.util.Locale;

/**
 * The errors of the array. The details of each are the {@code arguments} of its second message; the
 * dialect writes the first one, which belongs to the status.
 *
 * <p>Codes: specs/nimble/NOTES.md, "Texts of errors". All texts but two are ours.
 */
final class NimbleErrors {

  private static final String ARG = "arg";
  private static final String PARAM = "param";

  /** Longer values are not repeated in full. */
  private static final int LONGEST_VALUE = 255;

  private NimbleErrors() {}

  static ApiException malformedUrl() {
    return error(400, "SM_malformed_url", "The URL cannot be decoded.");
  }

  static ApiException noPathFound() {
    return error(404, "SM_no_path_found", "The API has no such path.");
  }

  static ApiException noActionFound() {
    return error(404, "SM_no_action_found", "The objects of this set have no such action.");
  }

  static ApiException noMethod(String verb) {
    return error(
        400, "SM_no_method_for_URL_pattern", "The path does not have the verb %s.".formatted(verb));
  }

  static ApiException deadSession() {
    return error(401, "SM_auth", "X-Auth-Token names no live session. Log in at v1/tokens.");
  }

  static ApiException refusedLogIn() {
    return error(
        401, "SM_auth", "The user name or the password is wrong, or the user may not log in.");
  }

  static ApiException wrongAuthPassword() {
    return error(
        403, "SM_auth", "auth_password is not the present password of the session's user.");
  }

  static ApiException notPermitted(String reason) {
    return error(403, "SM_eperm", reason);
  }

  static ApiException noSuchObject(String id) {
    return error(
        404, "SM_enoent", "No such object.", new Detail("id", id.toLowerCase(Locale.ROOT)));
  }

  static ApiException nameTaken(String name) {
    return error(409, "SM_eexist", "Object exists.", new Detail("name", name));
  }

  static ApiException reservedName(String name) {
    return error(
        400,
        "SM_reserved_username",
        "The name '%s' is the system's own.".formatted(name),
        new Detail(ARG, "name"),
        new Detail("value", name));
  }

  static ApiException tooManyUsers(int most) {
    return error(
        409, "SM_too_many", "There are %d users, and no more are allowed.".formatted(most));
  }

  static ApiException samePassword() {
    return error(
        409, "SM_passwd_same_as_current", "The password is the present one; choose another.");
  }

  static ApiException tooManySessions(int most) {
    return error(
        409,
        "SM_err_max_sessions_reached",
        "The user has %d sessions. Delete some, or wait until they time out.".formatted(most));
  }

  static ApiException tooManyLogIns() {
    return error(503, "SM_ebusy", "Too many log-ins wait at the moment. Please try again.");
  }

  static ApiException unreadableBody(String reason) {
    return error(400, "SM_invalid_arg", reason);
  }

  static ApiException missingArgument(String name) {
    return error(
        400,
        "SM_missing_arg",
        "The argument '%s' is missing.".formatted(name),
        new Detail(ARG, name));
  }

  static ApiException unexpectedArgument(String name) {
    return error(
        400,
        "SM_unexpected_arg",
        "The argument '%s' is not taken here.".formatted(shortened(name)),
        new Detail(ARG, shortened(name)));
  }

  static ApiException unexpectedChild(String name) {
    return error(
        400,
        "SM_unexpected_child",
        "'%s' is not taken beside 'data'.".formatted(shortened(name)),
        new Detail("child", shortened(name)));
  }

  static ApiException noOperation(String operationType) {
    return error(
        400,
        "SM_no_operation_found",
        "The path does not have the operationType '%s'.".formatted(shortened(operationType)),
        new Detail("operationType", shortened(operationType)));
  }

  /** A value that may be repeated. */
  static ApiException invalidValue(String name, String value, String expected) {
    return error(
        400,
        "SM_invalid_arg_value",
        "The value of '%s' is not valid: it has to be %s.".formatted(name, expected),
        new Detail(ARG, name),
        new Detail("value", shortened(value)));
  }

  /** A value that may be a password. */
  static ApiException invalidSecret(String name, String expected) {
    return error(
        400,
        "SM_invalid_arg_value",
        "The value of '%s' is not valid: it has to be %s.".formatted(name, expected),
        new Detail(ARG, name));
  }

  static ApiException invalidPathVariable(String id) {
    return error(
        400,
        "SM_invalid_path_variable",
        "The id in the path has to be 42 hexadecimal digits.",
        new Detail("id", shortened(id)));
  }

  static ApiException unexpectedQueryParameter(String name) {
    return error(
        400,
        "SM_unexpected_query_param",
        "The query parameter '%s' is not taken here.".formatted(shortened(name)),
        new Detail(PARAM, shortened(name)));
  }

  static ApiException invalidQueryParameter(String name, String value, String expected) {
    return error(
        400,
        "SM_invalid_query_param",
        "The value of the query parameter '%s' is not valid: it has to be %s."
            .formatted(name, expected),
        new Detail(PARAM, name),
        new Detail("value", shortened(value)));
  }

  static ApiException unsupportedOperator(String field, String operator) {
    return error(
        400,
        "SM_unsupported_query_operator",
        "'%s' cannot be compared by '%s'.".formatted(field, shortened(operator)),
        new Detail("fieldName", field),
        new Detail("operator", shortened(operator)));
  }

  static ApiException unknownOperator(String operator) {
    return error(
        400,
        "SM_unsupported_query_operator",
        "There is no operator '%s'.".formatted(shortened(operator)),
        new Detail("operator", shortened(operator)));
  }

  static ApiException startRowBeyondEndRow(long start, long end) {
    return error(
        400,
        "SM_start_row_beyond_end_row",
        "startRow %d is beyond endRow %d.".formatted(start, end));
  }

  static ApiException startRowBeyondTotalRows(long start, long total) {
    return error(
        400,
        "SM_start_row_beyond_total_rows",
        "startRow %d is beyond the last of %d rows.".formatted(start, total));
  }

  static ApiException tooLargePageSize(long size, int largest) {
    return error(
        400, "SM_too_large_page_size", "pageSize %d is larger than %d.".formatted(size, largest));
  }

  static ApiException missingConstructor() {
    return error(
        400,
        "SM_missing_advanced_criteria_constructor",
        "A query needs the _constructor AdvancedCriteria.");
  }

  static ApiException missingCriteria() {
    return error(400, "SM_missing_criteria", "The operators and and or need a list of criteria.");
  }

  static ApiException missingCriteriaOperator() {
    return error(400, "SM_missing_criteria_operator", "A criterion has no operator.");
  }

  static ApiException missingCriteriaField() {
    return error(400, "SM_missing_criteria_fieldName", "A criterion has no fieldName.");
  }

  static ApiException missingCriteriaValue(String field, String name) {
    return error(
        400,
        "SM_missing_criteria_param",
        "The criterion on '%s' has no %s.".formatted(field, name),
        new Detail("fieldName", field),
        new Detail(PARAM, name));
  }

  static ApiException unknownCriteriaField(String field) {
    return error(
        400,
        "SM_unexpected_object_set_query",
        "The objects of this set have no '%s'.".formatted(shortened(field)),
        new Detail("fieldName", shortened(field)));
  }

  static ApiException invalidCriteria(String reason) {
    return error(400, "SM_invalid_object_set_query", reason);
  }

  static ApiException busy() {
    return error(503, "SM_ebusy", "The array cannot answer at the moment. Please try again.");
  }

  static ApiException internal() {
    return error(500, "SM_internal", "The array has failed to answer.");
  }

  private static ApiException error(int status, String code, String text, Detail... arguments) {
    return new ApiException(new ApiError(status, code, text, List.of(arguments)));
  }

  private static String shortened(String value) {
    if (value.length() <= LONGEST_VALUE) {
      return value;
    }
    // Half a character is none that every client can read.
    boolean cut = Character.isHighSurrogate(value.charAt(LONGEST_VALUE - 1));
    return value.substring(0, cut ? LONGEST_VALUE - 1 : LONGEST_VALUE) + "...";
  }
}
