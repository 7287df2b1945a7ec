package dev.roster.client.azurepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.ServiceException;
import dev.roster.client.azurepack.AzurePackException.Detail;
import dev.roster.client.azurepack.model.UserInput;
import dev.roster.client.http.ErrorsOfEveryClient;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.StackTrace;
import dev.roster.client.http.StatusesWithNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class AzurePackClientErrorsTest extends AzurePackClientTest
    implements ErrorsOfEveryClient, StatusesWithNames<AzurePackException> {

  private static final String NOT_FOUND =
      "{\"Code\":\"ResourceNotFound\",\"Message\":\"The user 'u' was not found.\",\"Details\":null}";

  @Override
  public Class<AzurePackException> exception() {
    return AzurePackException.class;
  }

  @Override
  public Map<Integer, Predicate<AzurePackException>> statusesWithNames() {
    return Map.of(
        401,
        AzurePackException::isUnauthorized,
        403,
        AzurePackException::isForbidden,
        404,
        AzurePackException::isNotFound,
        409,
        AzurePackException::isConflict);
  }

  private AzurePackException refusal() {
    return catchThrowableOfType(AzurePackException.class, () -> client.getUser("u"));
  }

  private String user() {
    return service.endpoint() + "/users/u";
  }

  @Test
  void errorBodyIsRead() {
    service.answer(Answer.json(404, NOT_FOUND));

    AzurePackException e = refusal();

    assertThat(e).isInstanceOf(ServiceException.class);
    assertThat(e.status()).isEqualTo(404);
    assertThat(e.code()).isEqualTo("ResourceNotFound");
    assertThat(e.text()).isEqualTo("The user 'u' was not found.");
    assertThat(e.details()).isEmpty();
    assertThat(e.requestId()).isNull();
    assertThat(e.clientRequestId()).isEqualTo(service.last().header("x-ms-client-request-id"));
    assertThat(e)
        .hasMessage("GET %s answered 404 ResourceNotFound: The user 'u' was not found.", user());
  }

  @Test
  void detailsAreReadInOrder() {
    service.answer(
        Answer.json(
            400,
            """
            {"Code":"InvalidInput","Message":"One or more values are not valid.","Details":[
              {"Code":"InvalidInput","Source":"Name","Message":"Name is required."},
              {"Code":"Other","Source":"Email","Message":"No."},
              {"Code":"Other","Source":"Email","Message":"Not at all."}]}"""));

    AzurePackException e = refusal();

    assertThat(e.details())
        .containsExactly(
            new Detail("InvalidInput", "Name", "Name is required."),
            new Detail("Other", "Email", "No."),
            new Detail("Other", "Email", "Not at all."));
    assertThat(e.detail("Email")).contains(new Detail("Other", "Email", "No."));
    assertThat(e.detail("State")).isEmpty();
    assertThat(e)
        .hasMessageEndingWith(
            "400 InvalidInput: One or more values are not valid."
                + " [Name: Name is required., Email: No., Email: Not at all.]");
  }

  @Test
  void everyOperationTellsItsRefusal() {
    service.answer(
        Answer.json(409, "{\"Code\":\"Conflict\",\"Message\":\"No.\",\"Details\":null}"));
    List<Consumer<AzurePackClient>> calls =
        List.of(
            c -> c.createUser(new UserInput()),
            c -> c.getUser("u"),
            c -> c.findUser("u"),
            c -> c.updateUser("u", new UserInput()),
            c -> c.deleteUser("u"),
            AzurePackClient::listUsers,
            c -> c.invalidateTokens("u", Instant.EPOCH));

    for (Consumer<AzurePackClient> call : calls) {
      assertThatThrownBy(() -> call.accept(client))
          .isInstanceOfSatisfying(
              AzurePackException.class,
              e -> {
                assertThat(e.code()).isEqualTo("Conflict");
                assertThat(e.clientRequestId())
                    .isEqualTo(service.last().header("x-ms-client-request-id"));
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Error xmlns=\"http://schemas.microsoft.com/windowsazure\"><Code>Conflict</Code></Error>",
        "{}",
        "{\"error\":\"invalid_token\"}",
        "{\"title\":\"Not Found\",\"status\":404}",
        "{\"Code\":null,\"Message\":null,\"Details\":null}",
        "{\"Code\":{},\"Message\":[1],\"Details\":[{}]}"
      })
  void bodiesOfOthersAreTheTextAndHaveNoCode(String body) {
    service.answer(Answer.status(500).with("Content-Type", "text/html").body(body));

    assertThat(refusal())
        .returns(500, AzurePackException::status)
        .returns(null, AzurePackException::code)
        .returns(body, AzurePackException::text)
        .returns(List.of(), AzurePackException::details)
        .hasMessage("GET %s answered 500: %s", user(), body);
  }

  @Test
  void errorOfTheFrameworkBelowTheServiceHasATextOnly() {
    service.answer(Answer.json(401, "{\"Message\":\"Authorization has been denied.\"}"));

    assertThat(refusal())
        .returns(null, AzurePackException::code)
        .returns("Authorization has been denied.", AzurePackException::text)
        .hasMessage("GET %s answered 401: Authorization has been denied.", user());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "\"x\"", "[null,7,\"x\",[]]"})
  void strangeDetailsAreLeftOut(String details) {
    service.answer(
        Answer.json(400, "{\"Code\":\"c\",\"Message\":\"m\",\"Details\":" + details + "}"));

    assertThat(refusal())
        .returns("c", AzurePackException::code)
        .returns(List.of(), AzurePackException::details);
  }

  @Test
  void sentTokenIsMaskedWhenTheServerRepeatsIt() {
    service.answer(
        request ->
            Answer.json(
                400,
                """
                {"Code":"t0ken-of-mine","Message":"Got %1$s","Details":[
                 {"Code":"c","Source":"t0ken-of-mine","Message":"%1$s ends"}]}"""
                    .formatted(request.header("Authorization"))));

    AzurePackException e = refusal();

    assertThat(e.code()).isEqualTo("***");
    assertThat(e.text()).isEqualTo("Got Bearer ***");
    assertThat(e.details()).containsExactly(new Detail("c", "***", "Bearer *** ends"));
    assertThat(StackTrace.of(e)).doesNotContain("t0ken-of-mine");

    service.answer(request -> Answer.status(502).body("Got " + request.header("Authorization")));
    assertThat(refusal().text()).isEqualTo("Got Bearer ***");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"t0ken-of-mine\"', InvalidFormatException",
    "'\"2013-06-27\"', InvalidFormatException",
    "'\"\"', InvalidFormatException",
    "7, MismatchedInputException",
    "'[\"t0ken-of-mine\"]', MismatchedInputException"
  })
  void whatIsNoTimeIsATransportFailureThatQuotesNothing(String time, String kind) {
    service.answer(Answer.json(200, "{\"CreatedTime\":" + time + "}"));

    List<ThrowingCallable> calls = List.of(() -> client.getUser("u"), () -> client.findUser("u"));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isExactlyInstanceOf(AzurePackTransportException.class)
          .satisfies(e -> assertThat(StackTrace.of(e)).doesNotContain("t0ken-of-mine"))
          .cause()
          .hasMessage(kind + " at line 1, column 16 in CreatedTime");
    }
  }
}
