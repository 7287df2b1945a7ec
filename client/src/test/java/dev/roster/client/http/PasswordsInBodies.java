package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.ServiceException;
import dev.roster.client.http.FakeService.Answer;
import org.junit.jupiter.api.Test;

/** How the clients that send passwords keep them out of their exceptions. */
public interface PasswordsInBodies extends ClientTest {

  /** Gives a user a new password. */
  void changePassword(String password);

  /** The body of that request, with this text between the quotes of the password. */
  String bodyWithPassword(String text);

  @Test
  default void bodyThatComesBackAsAWholeHidesItsPassword() {
    api().answer(request -> Answer.status(502).body("Upstream got " + request.body()));

    ServiceException e =
        catchThrowableOfType(ServiceException.class, () -> changePassword("S3\"cret"));

    assertThat(api().requests())
        .singleElement()
        .returns(bodyWithPassword("S3\\\"cret"), FakeService.Received::body);
    assertThat(e.text()).isEqualTo("Upstream got " + bodyWithPassword("***"));
  }
}
