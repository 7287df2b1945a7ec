package dev.roster.server.error;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One documented error.
 *
 * @param status HTTP status code
 * @param code the vendor's code; its exact spelling is part of the contract
 * @param message the vendor's text
 * @param details what the API says besides; may be empty
 * @param headers what stands in the header section besides what all errors of the API have there
 */
public record ApiError(
    int status, String code, String message, List<Detail> details, Map<String, String> headers) {

  /**
   * One further fact of an error; what name and value mean is the API's affair.
   *
   * @param name such as the name of the parameter at fault
   * @param value such as the value that was sent; never a secret
   */
  public record Detail(String name, String value) {}

  /** An error without details. */
  public ApiError(int status, String code, String message) {
    this(status, code, message, List.of());
  }

  /** An error without headers of its own. */
  public ApiError(int status, String code, String message, List<Detail> details) {
    this(status, code, message, details, Map.of());
  }

  /** The same error with a further header. */
  public ApiError withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiError(status, code, message, details, more);
  }
}
