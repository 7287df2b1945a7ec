package dev.roster.client.azurepack;

import dev.roster.client.ServiceException;
import dev.roster.client.http.Refusal;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The service, or a proxy before it, refused a request.
 *
 * <p>Microsoft documents the statuses of errors and not their codes; the codes that this client
 * names are Roster's. What shall work with both compares {@link #status()}. The service numbers no
 * requests, so {@link #requestId()} is null.
 *
 * <p>The message names the request, the status, the code, the first line of the text and the
 * details. Tokens that were sent are masked in all of them, should the server repeat them.
 *
 * <p>Source: schema Error of the contract.
 */
public final class AzurePackException extends ServiceException {

  private static final long serialVersionUID = 1L;

  private final List<Detail> details;

  AzurePackException(Refusal refusal, String code, String text, List<Detail> details) {
    super(
        refusal.message(code, text, details),
        refusal.status(),
        code,
        text,
        null,
        refusal.sentHeader(Calls.CLIENT_REQUEST_ID));
    this.details = List.copyOf(details);
  }

  /**
   * Tells the faulty members of the request, in the service's order.
   *
   * @return empty if there are none
   */
  public List<Detail> details() {
    return details;
  }

  /**
   * Tells what is wrong with one member.
   *
   * @param source such as {@code Email}
   * @return the first detail with that source
   */
  public Optional<Detail> detail(String source) {
    return details.stream().filter(detail -> source.equals(detail.source())).findFirst();
  }

  /**
   * Tells whether the token was refused.
   *
   * @return true for status 401
   */
  public boolean isUnauthorized() {
    return status() == 401;
  }

  /**
   * Tells whether the token does not permit the request, as one of a tenant at the administrator
   * interface.
   *
   * @return true for status 403
   */
  public boolean isForbidden() {
    return status() == 403;
  }

  /**
   * Tells whether the user is unknown, or, for a list, whether the query is incorrect or the
   * interface is that of tenants.
   *
   * @return true for status 404
   */
  public boolean isNotFound() {
    return status() == 404;
  }

  /**
   * Tells whether the name is taken, or the user is in a state that does not let the request
   * through.
   *
   * @return true for status 409
   */
  public boolean isConflict() {
    return status() == 409;
  }

  /**
   * One faulty member of a request.
   *
   * @param code name of the fault
   * @param source name of the member
   * @param message text of the fault, for people
   */
  public record Detail(String code, String source, String message) implements Serializable {

    /** Writes it as {@code source: message}. */
    @Override
    public String toString() {
      return source + ": " + message;
    }
  }
}
