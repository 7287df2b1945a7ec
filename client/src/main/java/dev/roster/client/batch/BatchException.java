package dev.roster.client.batch;

import dev.roster.client.ServiceException;
import dev.roster.client.http.Refusal;
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
public final class BatchException extends ServiceException {

  private static final long serialVersionUID = 1L;
  private static final String REQUEST_ID = "request-id";

  private final List<Detail> details;
  private final transient HttpHeaders headers;

  BatchException(Refusal refusal, String code, String text, List<Detail> details) {
    super(
        refusal.message(code, text, details, REQUEST_ID),
        refusal.status(),
        code,
        text,
        refusal.header(REQUEST_ID),
        refusal.sentHeader("client-request-id"));
    this.details = List.copyOf(details);
    this.headers = refusal.headers();
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

  HttpHeaders headers() {
    return headers;
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
