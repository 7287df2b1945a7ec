package dev.roster.client.batch;

import java.io.Serializable;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * The service, or a proxy before it, refused a request.
 *
 * <p>The message names the request, the status, the code, the first line of the text and the
 * details. Passwords and tokens that were sent are masked in all of them, should the server repeat
 * them.
 *
 * <p>Source: schema BatchError of the contract.
 */
public final class BatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_LINE = 200;
  private static final String MASK = "***";

  private final String request;
  private final int status;
  private final String code;
  private final String text;
  private final List<Detail> details;
  private final String clientRequestId;
  private final String requestId;
  private final transient HttpHeaders headers;

  BatchException(
      String request,
      int status,
      String code,
      String text,
      List<Detail> details,
      String clientRequestId,
      HttpHeaders headers) {
    super(message(request, status, code, text, details, header(headers, "request-id")));
    this.request = request;
    this.status = status;
    this.code = code;
    this.text = text;
    this.details = List.copyOf(details);
    this.clientRequestId = clientRequestId;
    this.requestId = header(headers, "request-id");
    this.headers = headers;
  }

  /**
   * Tells the HTTP status.
   *
   * @return such as 404
   */
  public int status() {
    return status;
  }

  /**
   * Tells the fixed name of the error, which programs should compare.
   *
   * @return such as {@code NodeUserNotFound}; null if the body was empty or not a BatchError
   */
  public String code() {
    return code;
  }

  /**
   * Tells the service's text for people.
   *
   * @return its lines as sent, or the whole body if that was not JSON; null if there was none
   */
  public String text() {
    return text;
  }

  /**
   * Tells the details of the error, in the service's order.
   *
   * @return empty if there are none
   */
  public List<Detail> details() {
    return details;
  }

  /**
   * Tells the value of one detail.
   *
   * @param key such as {@code PropertyName}
   * @return the first detail with that key
   */
  public Optional<String> detail(String key) {
    return details.stream()
        .filter(detail -> key.equals(detail.key()) && detail.value() != null)
        .map(Detail::value)
        .findFirst();
  }

  /**
   * Tells the service's id of the request, for its support.
   *
   * @return a UUID; null if the answer had none
   */
  public String requestId() {
    return requestId;
  }

  /**
   * Tells this client's id of the request.
   *
   * @return the UUID that was sent
   */
  public String clientRequestId() {
    return clientRequestId;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** The same refusal with a secret masked wherever the server repeated it. */
  BatchException without(String secret) {
    if (secret == null || secret.isEmpty()) {
      return this;
    }
    BatchException masked =
        new BatchException(
            request,
            status,
            code,
            mask(text, secret),
            details.stream()
                .map(detail -> new Detail(detail.key(), mask(detail.value(), secret)))
                .toList(),
            clientRequestId,
            headers);
    masked.setStackTrace(getStackTrace());
    return masked;
  }

  private static String mask(String text, String secret) {
    return text == null ? null : text.replace(secret, MASK);
  }

  private static String header(HttpHeaders headers, String name) {
    return headers.firstValue(name).orElse(null);
  }

  private static String message(
      String request,
      int status,
      String code,
      String text,
      List<Detail> details,
      String requestId) {
    StringBuilder message = new StringBuilder(request).append(" answered ").append(status);
    if (code != null) {
      message.append(' ').append(code);
    }
    if (text != null) {
      String line = text.strip().lines().findFirst().orElse("");
      message
          .append(": ")
          .append(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line);
    }
    if (!details.isEmpty()) {
      message.append(' ').append(details);
    }
    if (requestId != null) {
      message.append(" (request-id ").append(requestId).append(')');
    }
    return message.toString();
  }

  /**
   * One detail of an error.
   *
   * @param key what the value is about, such as {@code PropertyName}
   * @param value the detail itself
   */
  public record Detail(String key, String value) implements Serializable {

    /** Writes it as {@code key: value}. */
    @Override
    public String toString() {
      return key + ": " + value;
    }
  }
}
