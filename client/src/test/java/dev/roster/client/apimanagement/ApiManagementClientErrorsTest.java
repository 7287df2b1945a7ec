package dev.roster.client.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.ServiceException;
import dev.roster.client.apimanagement.model.UserCreateParameterProperties;
import dev.roster.client.apimanagement.model.UserCreateParameters;
import dev.roster.client.apimanagement.model.UserUpdateParameters;
import dev.roster.client.apimanagement.model.UserUpdateParametersProperties;
import dev.roster.client.http.ErrorsOfEveryClient;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.PasswordsInBodies;
import dev.roster.client.http.StackTrace;
import dev.roster.client.http.StatusesWithNames;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ApiManagementClientErrorsTest extends ApiManagementClientTest
    implements ErrorsOfEveryClient, PasswordsInBodies, StatusesWithNames<ApiManagementException> {

  private static final String NOT_FOUND =
      "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"User not found.\",\"details\":null}}";

  @Override
  public Class<ApiManagementException> exception() {
    return ApiManagementException.class;
  }

  @Override
  public Map<Integer, Predicate<ApiManagementException>> statusesWithNames() {
    return Map.of(
        404, ApiManagementException::isNotFound, 412, ApiManagementException::isPreconditionFailed);
  }

  @Override
  public void changePassword(String password) {
    client.updateUser(
        "u",
        ETag.ANY,
        new UserUpdateParameters()
            .properties(new UserUpdateParametersProperties().password(password)));
  }

  @Override
  public String bodyWithPassword(String text) {
    return "{\"properties\":{\"password\":\"" + text + "\"}}";
  }

  private ApiManagementException refusal() {
    return catchThrowableOfType(ApiManagementException.class, () -> client.getUser("u"));
  }

  private String user() {
    return service.endpoint() + ApiManagementUnderTest.SERVICE + "/users/u";
  }

  @Test
  void errorBodyIsRead() {
    service.answer(
        Answer.json(404, NOT_FOUND)
            .with("x-ms-request-id", "r")
            .with("x-ms-correlation-request-id", "c"));

    ApiManagementException e = refusal();

    assertThat(e).isInstanceOf(ServiceException.class);
    assertThat(e.status()).isEqualTo(404);
    assertThat(e.code()).isEqualTo("ResourceNotFound");
    assertThat(e.text()).isEqualTo("User not found.");
    assertThat(e.details()).isEmpty();
    assertThat(e.requestId()).isEqualTo("r");
    assertThat(e.correlationId()).isEqualTo("c");
    assertThat(e.clientRequestId()).isEqualTo(service.last().header("x-ms-client-request-id"));
    assertThat(e.failureCause()).isNull();
    assertThat(e.isNotFound()).isTrue();
    assertThat(e.isPreconditionFailed()).isFalse();
    assertThat(e)
        .hasMessage(
            "GET %s answered 404 ResourceNotFound: User not found. (x-ms-request-id r)", user());
  }

  @Test
  void detailsAreReadInOrder() {
    service.answer(
        Answer.json(
            400,
            """
            {"error":{"code":"ValidationError","message":"One or more fields contain incorrect values:",
             "details":[
              {"code":"ValidationError","target":"firstName","message":"'firstName' must not be empty."},
              {"code":"ValidationError","target":"identities[0].provider","message":"No."}]}}"""));

    ApiManagementException e = refusal();

    assertThat(e.details())
        .containsExactly(
            new ApiManagementException.Detail(
                "firstName", "ValidationError", "'firstName' must not be empty."),
            new ApiManagementException.Detail("identities[0].provider", "ValidationError", "No."));
    assertThat(e.detail("identities[0].provider"))
        .map(ApiManagementException.Detail::message)
        .contains("No.");
    assertThat(e.detail("lastName")).isEmpty();
    assertThat(e)
        .hasMessageEndingWith(
            "400 ValidationError: One or more fields contain incorrect values:"
                + " [firstName: 'firstName' must not be empty., identities[0].provider: No.]");
  }

  @Test
  void staleTagIsAFailedPrecondition() {
    service.answer(
        Answer.json(
            412,
            "{\"error\":{\"code\":\"PreconditionFailed\",\"message\":\"Resource was modified since"
                + " last retrieval.\",\"details\":null}}"));

    assertThatThrownBy(() -> client.updateUser("u", ETag.of("\"old\""), new UserUpdateParameters()))
        .isInstanceOfSatisfying(
            ApiManagementException.class,
            e -> {
              assertThat(e.isPreconditionFailed()).isTrue();
              assertThat(e.isNotFound()).isFalse();
              assertThat(e.code()).isEqualTo("PreconditionFailed");
            });
  }

  @Test
  void gatewayIsNamedAsTheCause() {
    service.answer(
        Answer.json(404, "{\"error\":{\"code\":\"ResourceGroupNotFound\",\"message\":\"No.\"}}")
            .with("x-ms-failure-cause", "gateway"));

    ApiManagementException e = refusal();

    assertThat(e.failureCause()).isEqualTo("gateway");
    assertThat(e.details()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"error\":\"invalid_token\"}", "{\"title\":\"Not Found\",\"status\":404}"})
  void bodiesOfOthersAreTheTextAndHaveNoCode(String body) {
    service.answer(Answer.json(500, body));

    assertThat(refusal())
        .returns(500, ApiManagementException::status)
        .returns(null, ApiManagementException::code)
        .returns(body, ApiManagementException::text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{}}",
        "{\"error\":{\"code\":null,\"message\":null,\"details\":{}}}",
        "{\"error\":{\"code\":{},\"message\":[1],\"details\":\"x\"}}"
      })
  void strangeErrorsHaveNeitherCodeNorText(String body) {
    service.answer(Answer.json(500, body));

    assertThat(refusal())
        .returns(null, ApiManagementException::code)
        .returns(null, ApiManagementException::text)
        .hasMessage("GET %s answered 500", user());
  }

  @Test
  void missingIdsAreNull() {
    service.answer(Answer.status(503));

    assertThat(refusal())
        .returns(null, ApiManagementException::requestId)
        .returns(null, ApiManagementException::correlationId)
        .returns(null, ApiManagementException::failureCause);
  }

  @Test
  void valuesThatCannotBeReadAreNotQuoted() {
    service.answer(Answer.json(200, "{\"properties\":{\"registrationDate\":\"t0ken-of-mine\"}}"));
    assertThatThrownBy(() -> client.getUser("u"))
        .isExactlyInstanceOf(ApiManagementTransportException.class)
        .satisfies(e -> assertThat(StackTrace.of(e)).doesNotContain("t0ken-of-mine"))
        .cause()
        .hasMessage("InvalidFormatException at line 1, column 35 in properties.registrationDate");

    service.answer(Answer.json(200, "{\"value\":\"t0ken-of-mine\"}"));
    assertThatThrownBy(() -> client.listUsersNext(service.endpoint() + "/next"))
        .isExactlyInstanceOf(ApiManagementTransportException.class)
        .satisfies(e -> assertThat(StackTrace.of(e)).doesNotContain("t0ken-of-mine"));
  }

  @Test
  void sentSecretsAreMaskedWhenTheServerRepeatsThem() {
    service.answer(
        request ->
            Answer.json(
                    400,
                    """
                {"error":{"code":"S3cret-pass","message":"Not S3cret-pass for %s","details":[
                 {"code":"c","target":"S3cret-pass","message":"S3cret-pass is short"}]}}"""
                        .formatted(request.header("Authorization")))
                .with("x-ms-request-id", request.header("Authorization")));

    assertThatThrownBy(
            () ->
                client.createOrUpdateUser(
                    "u",
                    new UserCreateParameters()
                        .properties(new UserCreateParameterProperties().password("S3cret-pass"))))
        .isInstanceOfSatisfying(
            ApiManagementException.class, ApiManagementClientErrorsTest::isMasked);
    assertThatThrownBy(
            () ->
                client.updateUser(
                    "u",
                    ETag.ANY,
                    new UserUpdateParameters()
                        .properties(new UserUpdateParametersProperties().password("S3cret-pass"))))
        .isInstanceOfSatisfying(
            ApiManagementException.class, ApiManagementClientErrorsTest::isMasked);
  }

  private static void isMasked(ApiManagementException e) {
    assertThat(e.code()).isEqualTo("***");
    assertThat(e.text()).isEqualTo("Not *** for Bearer ***");
    assertThat(e.requestId()).isEqualTo("Bearer ***");
    assertThat(e.details())
        .containsExactly(new ApiManagementException.Detail("***", "c", "*** is short"));
    assertThat(StackTrace.of(e)).doesNotContain("S3cret-pass", "t0ken-of-mine");
  }

  @Test
  void fieldStaysRecognizableWhenItsNameIsThePassword() {
    service.answer(
        Answer.json(
            400,
            """
            {"error":{"code":"ValidationError","message":"m","details":[
             {"code":"ValidationError","target":"password","message":"password is too short"}]}}"""));

    assertThatThrownBy(
            () ->
                client.updateUser(
                    "u",
                    ETag.ANY,
                    new UserUpdateParameters()
                        .properties(new UserUpdateParametersProperties().password("password"))))
        .isInstanceOfSatisfying(
            ApiManagementException.class,
            e ->
                assertThat(e.detail("password"))
                    .map(ApiManagementException.Detail::message)
                    .contains("*** is too short"));
  }
}
