package dev.roster.client;

/**
 * A service, or a proxy before it, refused a request; every API has its own subclass.
 *
 * <p>The message names the request, the status, the code, the first line of the text and the
 * details. Passwords and tokens that were sent are masked in all of them, should the server repeat
 * them.
 */
public abstract class ServiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String text;
  private final String requestId;
  private final String clientRequestId;

  /**
   * Keeps what every API tells of a refusal.
   *
   * @param message the message, without secrets
   * @param status HTTP status
   * @param code fixed name of the error; null if there is none
   * @param text text for people, without secrets; null if there is none
   * @param requestId the service's id of the request; null if there is none
   * @param clientRequestId this client's id of the request
   */
  protected ServiceException(
      String message,
      int status,
      String code,
      String text,
      String requestId,
      String clientRequestId) {
    super(message);
    this.status = status;
    this.code = code;
    this.text = text;
    this.requestId = requestId;
    this.clientRequestId = clientRequestId;
  }

  /**
   * Tells the HTTP status.
   *
   * @return such as 404
   */
  public final int status() {
    return status;
  }

  /**
   * Tells the fixed name of the error, which programs should compare.
   *
   * @return such as {@code NodeUserNotFound} or {@code ResourceNotFound}; null if the body was
   *     empty or not the API's error
   */
  public final String code() {
    return code;
  }

  /**
   * Tells the service's text for people.
   *
   * @return its lines as sent, or the whole body if that was not the API's error; null if there was
   *     none
   */
  public final String text() {
    return text;
  }

  /**
   * Tells the service's id of the request, for its support.
   *
   * @return a UUID; null if the answer had none
   */
  public final String requestId() {
    return requestId;
  }

  /**
   * Tells this client's id of the request.
   *
   * @return the UUID that was sent
   */
  public final String clientRequestId() {
    return clientRequestId;
  }
}
