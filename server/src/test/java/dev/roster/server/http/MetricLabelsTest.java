package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Labels of the metrics, none of which a caller invents. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class MetricLabelsTest {

  private static final String INVENTED = "invented5d81c";

  @TestHTTPResource("/")
  URI root;

  private String origin() {
    return "http://" + root.getAuthority();
  }

  private String metrics() {
    return Call.ofNoApi(origin(), "/q/metrics").send().text();
  }

  @Test
  void pathsAreThoseOfTheContractsAndVerbsThoseOfHttp() {
    for (String target :
        List.of(
            "/v1/tokens/" + INVENTED,
            "/v1/tokens/x/" + INVENTED,
            "/v1/users/" + INVENTED,
            "/v1/" + INVENTED)) {
      for (String verb : List.of("GET", "DELETE", "PUT", "PATCH")) {
        Call.of(Contract.NIMBLE, origin(), verb, target).send();
      }
    }
    Call.of(Contract.AZURE_BATCH, origin(), "GET", "/pools/" + INVENTED).send();
    Call.of(Contract.AZURE_PACK, origin(), "GET", "/users/" + INVENTED).send();
    Call.ofNoApi(origin(), "/roster/" + INVENTED).send();
    Call.ofNoApi(origin(), "/q/" + INVENTED).send();
    Call.of(Contract.AZURE_PACK, origin(), "GET", "/users/last")
        .header("Authorization", "Bearer any-token")
        .send();

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains("uri=\"/users/{userName}\"", "uri=\"/v1/tokens/{id}\""));
    assertThat(metrics()).doesNotContain(INVENTED);
  }
}
