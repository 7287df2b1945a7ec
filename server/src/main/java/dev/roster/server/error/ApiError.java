package dev.roster.server.error;

import java.util.List;

/**
 * One documented error.
 *
 * @param status HTTP status code
 * @param code the vendor's code; its exact spelling is part of the contract
 * @param message the vendor's text
 * @param details what the API says besides; may be empty
 */
public record ApiError(int status, String code, String message, List<Detail> details) {

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
}
