package dev.roster.client.azurepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.azurepack.model.ActivationSyncState;
import dev.roster.client.azurepack.model.User;
import dev.roster.client.azurepack.model.UserInput;
import dev.roster.client.azurepack.model.UserQueryResult;
import dev.roster.client.azurepack.model.UserState;
import dev.roster.client.http.FakeService.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzurePackClientAnswerTest extends AzurePackClientTest {

  private static final String DOCUMENTED =
      """
      {
      "Name": "aaa@bbb.com",
      "Email": "AAA@bbb.com",
      "State": 1,
      "CreatedTime": "2013-06-27T21:15:30.787",
      "SubscriptionCount": 2,
      "ActivationSyncState": 0,
      "LastErrorMessage": "Details: zu spät."
      }""";

  private static User documented() {
    return new User()
        .name("aaa@bbb.com")
        .email("AAA@bbb.com")
        .state(UserState.ACTIVE)
        .createdTime(Instant.parse("2013-06-27T21:15:30.787Z"))
        .subscriptionCount(2)
        .activationSyncState(ActivationSyncState.IN_SYNC)
        .lastErrorMessage("Details: zu spät.");
  }

  private String sentId() {
    return service.last().header("x-ms-client-request-id");
  }

  @Test
  void userIsReadWithItsStatusAndTheIdOfTheRequest() {
    service.answer(Answer.json(201, DOCUMENTED));
    assertThat(client.createUser(new UserInput()))
        .isEqualTo(new AzurePackResponse<>(documented(), 201, sentId()));

    service.answer(Answer.json(200, DOCUMENTED));
    assertThat(client.getUser("aaa@bbb.com"))
        .isEqualTo(new AzurePackResponse<>(documented(), 200, sentId()));
    assertThat(client.updateUser("aaa@bbb.com", new UserInput()))
        .isEqualTo(new AzurePackResponse<>(documented(), 200, sentId()));
    assertThat(client.findUser("aaa@bbb.com"))
        .isEqualTo(new AzurePackResponse<>(Optional.of(documented()), 200, sentId()));
  }

  @Test
  void listIsReadWithBothItsCounts() {
    service.answer(
        Answer.json(
            200,
            "{\"items\":[%s],\"filteredTotalCount\":3,\"totalCount\":7}".formatted(DOCUMENTED)));

    assertThat(client.listUsers())
        .isEqualTo(
            new AzurePackResponse<>(
                new UserQueryResult()
                    .items(List.of(documented()))
                    .filteredTotalCount(3)
                    .totalCount(7),
                200,
                sentId()));
  }

  @Test
  void callsWithoutAnAnswerTellTheirStatus() {
    service.answer(Answer.status(202));
    assertThat(client.deleteUser("u")).isEqualTo(new AzurePackResponse<Void>(null, 202, sentId()));

    service.answer(Answer.json(200, "\"ignored\""));
    assertThat(client.invalidateTokens("u", Instant.EPOCH))
        .isEqualTo(new AzurePackResponse<Void>(null, 200, sentId()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html></html>", "{\"Code\":\"ResourceNotFound\"}"})
  void unknownUserIsNotFound(String body) {
    service.answer(Answer.status(404).body(body));

    assertThat(client.findUser("u"))
        .isEqualTo(new AzurePackResponse<Optional<User>>(Optional.empty(), 404, sentId()));
  }

  @ParameterizedTest
  @CsvSource({"302", "400", "401", "403", "409", "500"})
  void findingAUserFailsOnEveryOtherStatus(int status) {
    service.answer(Answer.status(status));

    assertThatThrownBy(() -> client.findUser("u"))
        .isInstanceOfSatisfying(
            AzurePackException.class, e -> assertThat(e.status()).isEqualTo(status));
  }

  @ParameterizedTest
  @CsvSource({
    "2013-06-27T21:15:30, 2013-06-27T21:15:30Z",
    "2013-06-27T21:15:30.39, 2013-06-27T21:15:30.390Z",
    "2013-06-27T21:15:30.7871234, 2013-06-27T21:15:30.787123400Z",
    "2013-06-27T21:15:30.787Z, 2013-06-27T21:15:30.787Z",
    "2013-06-27T23:15:30.787+02:00, 2013-06-27T21:15:30.787Z",
    "0001-01-01T00:00:00, 0001-01-01T00:00:00Z"
  })
  void timeWithoutAZoneIsUtc(String answered, Instant time) {
    service.answer(Answer.json(200, "{\"CreatedTime\":\"" + answered + "\"}"));

    assertThat(client.getUser("u").value().getCreatedTime()).isEqualTo(time);
  }

  @Test
  void unknownMembersAndStatesDoNotBreakReading() {
    service.answer(
        Answer.json(
            200,
            "{\"New\":[1],\"Name\":\"u\",\"State\":4,\"ActivationSyncState\":-1,"
                + "\"LastErrorMessage\":null}"));

    User user = client.getUser("u").value();

    assertThat(user.getName()).isEqualTo("u");
    assertThat(user.getState()).isEqualTo(UserState.UNKNOWN_DEFAULT_OPEN_API);
    assertThat(user.getActivationSyncState())
        .isEqualTo(ActivationSyncState.UNKNOWN_DEFAULT_OPEN_API);
    assertThat(user.getLastErrorMessage()).isNull();
    assertThat(user.getCreatedTime()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, PENDING_VALIDATION, IN_SYNC",
    "1, ACTIVE, SYNCING",
    "2, SUSPENDED, OUT_OF_SYNC",
    "3, DELETE_PENDING, UNKNOWN_DEFAULT_OPEN_API"
  })
  void numbersAreReadAsStates(int number, UserState state, ActivationSyncState syncState) {
    service.answer(
        Answer.json(200, "{\"State\":%d,\"ActivationSyncState\":%d}".formatted(number, number)));

    assertThat(client.getUser("u").value())
        .returns(state, User::getState)
        .returns(syncState, User::getActivationSyncState);
  }

  @Test
  void bodyThatIsMissingIsATransportFailure() {
    service.answer(Answer.status(200));
    List<Consumer<AzurePackClient>> calls =
        List.of(
            c -> c.createUser(new UserInput()),
            c -> c.getUser("u"),
            c -> c.findUser("u"),
            c -> c.updateUser("u", new UserInput()),
            AzurePackClient::listUsers);

    for (Consumer<AzurePackClient> call : calls) {
      assertThatThrownBy(() -> call.accept(client))
          .isExactlyInstanceOf(AzurePackTransportException.class)
          .hasMessage("The answer has no body");
    }
  }
}
