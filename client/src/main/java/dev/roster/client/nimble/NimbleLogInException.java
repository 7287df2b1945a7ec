package dev.roster.client.nimble;

import dev.roster.client.http.Refusal;
import java.util.List;

/**
 * The array refused the log-in that a call needed; the request of the call was not sent.
 *
 * <p>Not repeated, as an array locks a user after some refused log-ins. Status 401 with {@code
 * SM_auth} stands for an unknown name, a wrong password, and a disabled or locked user; 409 {@code
 * SM_err_max_sessions_reached} for too many sessions.
 */
public final class NimbleLogInException extends NimbleException {

  private static final long serialVersionUID = 1L;

  NimbleLogInException(Refusal refusal, String code, String text, List<Message> messages) {
    super(refusal, code, text, messages);
  }
}
