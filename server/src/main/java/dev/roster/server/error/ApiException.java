package dev.roster.server.error;

/** Ends a request with a documented error. */
public class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  /** Ends a request with an error that the API's {@code Errors} class named. */
  public ApiException(ApiError error) {
    // Expected outcomes: nobody reads their stack, and filling it costs more than the request.
    super(error.code() + ": " + error.message(), null, false, false);
    this.error = error;
  }

  /** The error to answer with. */
  public ApiError error() {
    return error;
  }
}
