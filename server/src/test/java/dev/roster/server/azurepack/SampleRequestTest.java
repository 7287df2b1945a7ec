package dev.roster.server.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The request and the response that the documentation of Update a User prints. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SampleRequestTest {

  private static final String PATH = "/users/aaa@bbb.com";

  private static final String DOCUMENT =
      "{\"Name\":\"aaa@bbb.com\",\"Email\":\"aaa@bbb.com\",\"State\":1,\"CreatedTime\":\"2013-06-27T21:15:30.787%s\",\"SubscriptionCount\":1,\"ActivationSyncState\":0,\"LastErrorMessage\":\"One or more errors occurred while contacting the underlying resource providers. The operation may be partially completed. Details: The request to the underlying service has timed out.\"}";

  @Inject PackWorld world;

  @Test
  @Covers({"pack.update-user.sample", "pack.common.error-outlives"})
  void theDocumentedRequestAnswersTheDocumentedResponse() {
    String request = DOCUMENT.formatted("Z");
    byte[] response = DOCUMENT.formatted("").getBytes(StandardCharsets.UTF_8);
    // The Content-Length of the documentation.
    assertThat(request.getBytes(StandardCharsets.UTF_8)).hasSize(346);

    Answer answer =
        world
            .call("PUT", PATH, request)
            .header(
                "x-ms-client-request-id",
                "2028eab5-37c8-4e7a-84a9-558e7e33b3df-2013-06-27 21:32:23Z")
            .header("x-ms-client-session-id", "9ff600b4-0c8b-4110-9eab-4228ce92aa4d")
            .header("x-ms-principal-id", "PC\\Administrator")
            .header("Accept-Language", "en-US")
            .header("x-ms-principal-liveid", "PC\\Administrator")
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.bytes()).isEqualTo(response);
    assertThat(world.get(PATH).bytes()).isEqualTo(response);
  }
}
