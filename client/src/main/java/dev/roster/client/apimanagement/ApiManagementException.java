package dev.roster.client.apimanagement;

import dev.roster.client.ServiceException;
import dev.roster.client.http.Refusal;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The service, Azure Resource Manager or a proxy before them refused a request.
 *
 * <p>The message names the request, the status, the code, the first line of the text and the
 * details. Passwords and tokens that were sent are masked in all of them, should the server repeat
 * them.
 *
 * <p>Source: schema ErrorResponse of the contract.
 */
public final class ApiManagementException extends ServiceException {

  private static final long serialVersionUID = 1L;
  private static final String REQUEST_ID = "x-ms-request-id";

  private final List<Detail> details;
  private final String correlationId;
  private final String failureCause;

  ApiManagementException(Refusal refusal, String code, String text, List<Detail> details) {
    super(
        refusal.message(code, text, details, REQUEST_ID),
        refusal.status(),
        code,
        text,
        refusal.header(REQUEST_ID),
        refusal.sentHeader(Calls.CLIENT_REQUEST_ID));
    this.details = List.copyOf(details);
    this.correlationId = refusal.header("x-ms-correlation-request-id");
    this.failureCause = refusal.header("x-ms-failure-cause");
  }

  /**
   * Tells the faulty fields of the request, in the service's order.
   *
   * @return empty if there are none
   */
  public List<Detail> details() {
    return details;
  }

  /**
   * Tells what is wrong with one field.
   *
   * @param target such as {@code firstName} or {@code identities[0].provider}
   * @return the first detail with that target
   */
  public Optional<Detail> detail(String target) {
    return details.stream().filter(detail -> target.equals(detail.target())).findFirst();
  }

  /**
   * Tells the id that ties several requests together.
   *
   * @return {@code x-ms-correlation-request-id}; null if the answer had none
   */
  public String correlationId() {
    return correlationId;
  }

  /**
   * Tells who found the error.
   *
   * @return {@code x-ms-failure-cause}, which is {@code gateway} when the request did not reach the
   *     service, for example because its name is unknown; otherwise null
   */
  public String failureCause() {
    return failureCause;
  }

  /**
   * Tells whether the entity, or the service itself, is unknown.
   *
   * @return true for status 404
   */
  public boolean isNotFound() {
    return status() == 404;
  }

  /**
   * Tells whether the entity is not in the version that the request asked for: read it again, and
   * decide anew.
   *
   * @return true for status 412
   */
  public boolean isPreconditionFailed() {
    return status() == 412;
  }

  /**
   * One faulty field of a request.
   *
   * @param target name of the field
   * @param code name of the fault
   * @param message text of the fault, for people
   */
  public record Detail(String target, String code, String message) implements Serializable {

    /** Writes it as {@code target: message}. */
    @Override
    public String toString() {
      return target + ": " + message;
    }
  }
}
