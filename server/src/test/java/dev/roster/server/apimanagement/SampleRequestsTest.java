package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The sample request of the documentation, as printed, against the sample world. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SampleRequestsTest {

  private static final String TARGET =
      "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/apimService1"
          + "/users/5931a75ae4bbd512a88c680b?api-version=2022-08-01";

  private static final String DOCUMENTED =
      """
      {
        "id": "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/apimService1/users/5931a75ae4bbd512a88c680b",
        "type": "Microsoft.ApiManagement/service/users",
        "name": "5931a75ae4bbd512a88c680b",
        "properties": {
          "firstName": "foo",
          "lastName": "bar",
          "email": "foobar@outlook.com",
          "state": "active",
          "registrationDate": "2017-06-02T17:58:50.357Z",
          "identities": [
            {
              "provider": "Microsoft",
              "id": "*************"
            }
          ]
        }
      }
      """;

  @Inject ApiManagementWorld world;

  @Test
  @Covers({
    "apim.update-user.updates",
    "apim.update-user.if-match-star",
    "apim.update-user.groups-empty",
    "apim.update-user.security"
  })
  void documentedSampleWorksAsPrinted() throws Exception {
    Answer updated =
        world
            .anonymous("PATCH", TARGET)
            .header("Authorization", "Bearer token")
            .header("If-Match", "*")
            .body(
                """
                {
                  "properties": {
                    "firstName": "foo",
                    "lastName": "bar",
                    "email": "foobar@outlook.com"
                  }
                }
                """)
            .send();

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.header("ETag")).hasValueSatisfying(tag -> assertThat(tag).hasSize(14));
    JsonNode body = updated.json();
    ObjectNode properties = (ObjectNode) body.get("properties");
    // What recorded answers have and the documented one leaves out.
    assertThat(properties.remove("note").isNull()).isTrue();
    assertThat(properties.remove("groups")).isEmpty();
    assertThat(body).isEqualTo(new ObjectMapper().readTree(DOCUMENTED));
  }

  @Test
  @Covers("apim.get-user.answer")
  void sampleUserIsInASubscriptionWithAGuidToo() {
    String target = TARGET.replace("subid", "11111111-2222-3333-4444-555555555555");

    Answer user = world.anonymous("GET", target).header("Authorization", "Bearer token").send();

    assertThat(user.status()).as(user.text()).isEqualTo(200);
    assertThat(user.json().get("id").asText()).isEqualTo(target.replaceAll("\\?.*", ""));
    assertThat(user.json().at("/properties/email").asText()).isEqualTo("foobar@outlook.com");
  }
}
