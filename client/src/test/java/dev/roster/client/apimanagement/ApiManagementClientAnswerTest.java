package dev.roster.client.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.apimanagement.model.GroupType;
import dev.roster.client.apimanagement.model.SubscriptionContractProperties;
import dev.roster.client.apimanagement.model.SubscriptionState;
import dev.roster.client.apimanagement.model.UserContract;
import dev.roster.client.apimanagement.model.UserIdentityContract;
import dev.roster.client.apimanagement.model.UserState;
import dev.roster.client.apimanagement.model.UserUpdateParameters;
import dev.roster.client.http.FakeService.Answer;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiManagementClientAnswerTest extends ApiManagementClientTest {

  @Test
  void answerHeadersAreRead() {
    service.answer(
        Answer.json(201, "{\"name\":\"u\"}")
            .with("ETag", "\"AAAAAAAAC/AAAAAAAAAL8g==\"")
            .with("x-ms-request-id", "438ca108-cd5a-4b96-ac2f-786401b1a9b1")
            .with("x-ms-correlation-request-id", "5289d960-216e-4097-a870-3ee2e52592c5"));

    ApiManagementResponse<UserContract> answer = client.getUser("u");

    assertThat(answer.value().getName()).isEqualTo("u");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.eTag()).isEqualTo(ETag.of("\"AAAAAAAAC/AAAAAAAAAL8g==\""));
    assertThat(answer.requestId()).isEqualTo("438ca108-cd5a-4b96-ac2f-786401b1a9b1");
    assertThat(answer.correlationId()).isEqualTo("5289d960-216e-4097-a870-3ee2e52592c5");
    assertThat(answer.clientRequestId()).isEqualTo(service.last().header("x-ms-client-request-id"));
  }

  @Test
  void eTagOfAnAnswerIsSentBackAsItCame() {
    service.answer(Answer.json(200, "{}").with("ETag", "\"AAAAAAAAC/k=\""));

    ETag read = client.getUser("u").eTag();
    ETag updated = client.updateUser("u", read, new UserUpdateParameters()).eTag();
    client.deleteUser("u", updated);

    assertThat(service.all())
        .extracting(request -> request.header("If-Match"))
        .containsExactly(null, "\"AAAAAAAAC/k=\"", "\"AAAAAAAAC/k=\"");
  }

  @ParameterizedTest
  @CsvSource({"200", "204"})
  void deletesTellByTheirStatusWhetherThereWasOne(int status) {
    service.answer(Answer.status(status));

    ApiManagementResponse<Void> answer = client.deleteUser("u", ETag.ANY);

    assertThat(answer)
        .isEqualTo(
            new ApiManagementResponse<Void>(
                null, status, null, null, service.last().header("x-ms-client-request-id"), null));
  }

  @Test
  void existenceIsTheStatusOfHead() {
    service.answer(Answer.status(200).with("ETag", "\"1\""));
    assertThat(client.userExists("u"))
        .returns(true, ApiManagementResponse::value)
        .returns(200, ApiManagementResponse::status)
        .returns(ETag.of("\"1\""), ApiManagementResponse::eTag);
    assertThat(client.groupExists("g").value()).isTrue();

    service.answer(Answer.status(204));
    assertThat(client.groupUserExists("g", "u"))
        .returns(true, ApiManagementResponse::value)
        .returns(204, ApiManagementResponse::status);

    service.answer(Answer.status(404).with("x-ms-request-id", "r"));
    assertThat(client.userExists("u"))
        .returns(false, ApiManagementResponse::value)
        .returns(404, ApiManagementResponse::status)
        .returns("r", ApiManagementResponse::requestId)
        .returns(null, ApiManagementResponse::eTag);
    assertThat(client.groupExists("g").value()).isFalse();
    assertThat(client.groupUserExists("g", "u").value()).isFalse();
    assertThat(service.last().method()).isEqualTo("HEAD");
  }

  @Test
  void entityTagIsEmptyWhenThereIsNoEntity() {
    service.answer(Answer.status(200).with("ETag", "\"1\""));
    assertThat(client.getUserEntityTag("u").value()).contains(ETag.of("\"1\""));
    assertThat(client.getGroupEntityTag("g").value()).contains(ETag.of("\"1\""));

    service.answer(Answer.status(404).with("ETag", "\"1\""));
    assertThat(client.getUserEntityTag("u"))
        .returns(Optional.empty(), ApiManagementResponse::value)
        .returns(404, ApiManagementResponse::status);
    assertThat(client.getGroupEntityTag("g").value()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"401", "403", "500", "302"})
  void otherStatusesOfHeadAreRefusals(int status) {
    service.answer(Answer.status(status));

    assertThatThrownBy(() -> client.userExists("u"))
        .isInstanceOfSatisfying(
            ApiManagementException.class, e -> assertThat(e.status()).isEqualTo(status));
    assertThatThrownBy(() -> client.groupUserExists("g", "u"))
        .isExactlyInstanceOf(ApiManagementException.class);
  }

  @Test
  void userIsReadAsRecorded() {
    service.answer(
        Answer.json(
            201,
            """
            {
              "id": "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/s/users/u",
              "type": "Microsoft.ApiManagement/service/users",
              "name": "ü\uD83D\uDE00",
              "properties": {
                "firstName": "foo",
                "lastName": "",
                "email": "contoso@microsoft.com",
                "state": "active",
                "registrationDate": "2022-04-01T18:59:43.517Z",
                "note": null,
                "groups": [{"id": "/g/developers", "name": "Developers", "description": null,
                            "builtIn": true, "type": "system", "externalId": null}],
                "identities": [{"provider": "Basic", "id": "contoso@microsoft.com"}]
              }
            }"""));

    UserContract user = client.getUser("u").value();

    assertThat(user.getName()).isEqualTo("ü\uD83D\uDE00");
    assertThat(user.getProperties().getLastName()).isEmpty();
    assertThat(user.getProperties().getState()).isEqualTo(UserState.ACTIVE);
    assertThat(user.getProperties().getNote()).isNull();
    assertThat(user.getProperties().getIdentities())
        .containsExactly(new UserIdentityContract().provider("Basic").id("contoso@microsoft.com"));
    assertThat(user.getProperties().getGroups()).hasSize(1);
    assertThat(user.getProperties().getGroups().get(0).getName()).isEqualTo("Developers");
    assertThat(user.getProperties().getGroups().get(0).getDisplayName()).isNull();
    assertThat(user.getProperties().getGroups().get(0).getBuiltIn()).isTrue();
    assertThat(user.getProperties().getGroups().get(0).getType()).isEqualTo(GroupType.SYSTEM);
  }

  @Test
  void missingListsAreNullAndEmptyOnesEmpty() {
    service.answer(Answer.json(200, "{\"properties\":{\"groups\":[]}}"));

    UserContract user = client.getUser("u").value();

    assertThat(user.getProperties().getGroups()).isEmpty();
    assertThat(user.getProperties().getIdentities()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2017-06-02T17:58:50Z",
    "2017-06-02T17:58:50.3Z",
    "2017-06-02T17:58:50.35Z",
    "2017-06-02T17:58:50.357Z",
    "2017-06-02T17:58:50.3571Z",
    "2017-06-02T17:58:50.35712Z",
    "2017-06-02T17:58:50.357123Z",
    "2017-06-02T17:58:50.3571234Z",
    "2017-06-02T17:58:50.357+00:00"
  })
  void datesAreReadWhateverTheirFraction(String date) {
    service.answer(Answer.json(200, "{\"properties\":{\"registrationDate\":\"" + date + "\"}}"));

    OffsetDateTime read = client.getUser("u").value().getProperties().getRegistrationDate();

    assertThat(read).isEqualTo(OffsetDateTime.parse(date));
  }

  @Test
  void unknownMembersAndNamesDoNotBreakReading() {
    service.answer(
        Answer.json(200, "{\"new\":[1],\"properties\":{\"state\":\"frozen\",\"x\":{}}}"));
    assertThat(client.getUser("u").value().getProperties().getState())
        .isEqualTo(UserState.UNKNOWN_DEFAULT_OPEN_API);

    service.answer(Answer.json(200, "{\"properties\":{\"type\":\"dynamic\"}}"));
    assertThat(client.getGroup("g").value().getProperties().getType())
        .isEqualTo(GroupType.UNKNOWN_DEFAULT_OPEN_API);
  }

  @Test
  void subscriptionIsReadWithItsNulls() {
    service.answer(
        Answer.json(
            200,
            """
            {"name": "5fa9b096f3df14003c070001", "properties": {
              "ownerId": "/users/1", "scope": "/products/starter", "displayName": null,
              "state": "active", "createdDate": "2020-11-09T21:11:50.58Z", "startDate": null,
              "expirationDate": null, "endDate": null, "notificationDate": null,
              "stateComment": null, "allowTracing": true}}"""));

    SubscriptionContractProperties read =
        client.getUserSubscription("1", "5fa9b096f3df14003c070001").value().getProperties();

    assertThat(read.getState()).isEqualTo(SubscriptionState.ACTIVE);
    assertThat(read.getCreatedDate()).isEqualTo(OffsetDateTime.parse("2020-11-09T21:11:50.58Z"));
    assertThat(read.getExpirationDate()).isNull();
    assertThat(read.getAllowTracing()).isTrue();
  }

  @Test
  void actionsReturnTheirText() {
    service.answer(Answer.json(200, "{\"value\":\"https://p.example/signin-sso?token=u%26\"}"));
    assertThat(client.generateSsoUrl("u").value().getValue())
        .isEqualTo("https://p.example/signin-sso?token=u%26");

    service.answer(
        Answer.json(
            200,
            "{\"value\":[{\"provider\":\"Azure\",\"id\":\"a\"}],\"count\":1,\"nextLink\":null}"));
    assertThat(client.listUserIdentities("1").value().getValue())
        .containsExactly(new UserIdentityContract().provider("Azure").id("a"));
  }

  @Test
  void serviceIsReadWithItsTags() {
    service.answer(
        Answer.json(
                200,
                "{\"name\":\"apimService1\",\"tags\":{\"stage\":\"test\"},\"etag\":\"AAAAAAAHRdg=\","
                    + "\"properties\":{\"provisioningState\":\"Succeeded\",\"createdAtUtc\":"
                    + "\"2017-06-02T17:40:21.5823069Z\"},\"sku\":{\"name\":\"Developer\",\"capacity\":1}}")
            .with("ETag", "\"AAAAAAAHRdg=\""));

    var answer = client.getService();

    assertThat(answer.eTag()).isEqualTo(ETag.of("\"AAAAAAAHRdg=\""));
    assertThat(answer.value().getEtag()).isEqualTo("AAAAAAAHRdg=");
    assertThat(answer.value().getTags()).containsEntry("stage", "test").hasSize(1);
    assertThat(answer.value().getProperties().getProvisioningState()).isEqualTo("Succeeded");
  }
}
