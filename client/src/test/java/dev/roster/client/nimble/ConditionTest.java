package dev.roster.client.nimble;

import static dev.roster.client.nimble.Condition.and;
import static dev.roster.client.nimble.Condition.or;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.nimble.model.NsUserRoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionTest extends NimbleClientTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  ConditionTest() {
    array.answer(Answer.json(200, "{\"data\":[],\"startRow\":0,\"endRow\":0,\"totalRows\":0}"));
  }

  private JsonNode sent(Condition condition) {
    client.queryUsers(condition, ListOptions.none());
    return json(array.service().last().body());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode query(String operator, String criteria) {
    return json(
        """
        {"data":{"_constructor":"AdvancedCriteria","operator":"%s","criteria":[%s]},
         "operationType":"fetch"}"""
            .formatted(operator, criteria));
  }

  @Test
  void queryHasTheFormThatClientsSend() {
    Condition condition =
        and(
            Condition.equalTo("name", "a"),
            or(Condition.equalTo("disabled", true), and()),
            Condition.inSet("role", "guest"),
            Condition.between("creation_time", 1, 2));

    assertThat(sent(condition))
        .isEqualTo(
            query(
                "and",
                """
                {"fieldName":"name","operator":"equals","value":"a"},
                {"operator":"or","criteria":[
                 {"fieldName":"disabled","operator":"equals","value":true},
                 {"operator":"and","criteria":[]}]},
                {"fieldName":"role","operator":"inSet","values":["guest"]},
                {"fieldName":"creation_time","operator":"between","value1":1,"value2":2}"""));
  }

  static Stream<Arguments> operators() {
    return Stream.of(
        Arguments.of(Condition.equalTo("name", "a"), "\"equals\",\"value\":\"a\""),
        Arguments.of(Condition.iEquals("name", "a"), "\"iEquals\",\"value\":\"a\""),
        Arguments.of(Condition.notEqual("name", "a"), "\"notEqual\",\"value\":\"a\""),
        Arguments.of(Condition.iNotEqual("name", "a"), "\"iNotEqual\",\"value\":\"a\""),
        Arguments.of(Condition.contains("name", "a"), "\"contains\",\"value\":\"a\""),
        Arguments.of(Condition.iContains("name", "a"), "\"iContains\",\"value\":\"a\""),
        Arguments.of(Condition.inSet("name", "a", "b"), "\"inSet\",\"values\":[\"a\",\"b\"]"),
        Arguments.of(Condition.notInSet("name", "a"), "\"notInSet\",\"values\":[\"a\"]"),
        Arguments.of(Condition.between("name", 1, 2L), "\"between\",\"value1\":1,\"value2\":2"),
        Arguments.of(
            Condition.betweenInclusive("name", "a", "b"),
            "\"betweenInclusive\",\"value1\":\"a\",\"value2\":\"b\""),
        Arguments.of(Condition.greaterThan("name", 1), "\"greaterThan\",\"value\":1"),
        Arguments.of(Condition.greaterOrEqual("name", 1), "\"greaterOrEqual\",\"value\":1"),
        Arguments.of(Condition.lessThan("name", 1), "\"lessThan\",\"value\":1"),
        Arguments.of(Condition.lessOrEqual("name", 1), "\"lessOrEqual\",\"value\":1"),
        Arguments.of(Condition.regexp("name", "^a"), "\"regexp\",\"value\":\"^a\""),
        Arguments.of(Condition.assign("name", "a"), "\"assign\",\"value\":\"a\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operators")
  void everyOperatorHasItsNameAndItsValues(Condition condition, String operatorAndValues) {
    assertThat(sent(condition))
        .isEqualTo(query("and", "{\"fieldName\":\"name\",\"operator\":" + operatorAndValues + "}"));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("60", "\"60\""),
        Arguments.of("ä\"\\", "\"ä\\\"\\\\\""),
        Arguments.of(60, "60"),
        Arguments.of(1426801551000L, "1426801551000"),
        Arguments.of(true, "true"),
        Arguments.of(NsUserRoles.POWERUSER, "\"poweruser\""),
        Arguments.of(Instant.parse("2015-03-19T21:45:51.9Z"), "1426801551"),
        Arguments.of(Duration.ofMinutes(30), "1800"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesKeepTheirType(Object value, String written) {
    assertThat(sent(Condition.equalTo("name", value)).at("/data/criteria/0/value"))
        .isEqualTo(json(written));
    assertThat(sent(Condition.inSet("name", value)).at("/data/criteria/0/values/0"))
        .isEqualTo(json(written));
    assertThat(sent(Condition.between("name", value, value)).at("/data/criteria/0/value2"))
        .isEqualTo(json(written));
  }

  @Test
  void outermostMayBeOr() {
    assertThat(sent(or(Condition.lessThan("last_login", 1), Condition.equalTo("name", "a"))))
        .isEqualTo(
            query(
                "or",
                """
                {"fieldName":"last_login","operator":"lessThan","value":1},
                {"fieldName":"name","operator":"equals","value":"a"}"""));
  }

  @Test
  void tokensAreQueriedTheSameWay() {
    client.queryTokens(Condition.equalTo("username", "admin"), ListOptions.none());

    assertThat(array.service().last().line()).isEqualTo("POST /v1/tokens/detail");
    assertThat(json(array.service().last().body()))
        .isEqualTo(
            query(
                "and", "{\"fieldName\":\"username\",\"operator\":\"equals\",\"value\":\"admin\"}"));
  }

  @Test
  void valuesOfOtherTypesAreRefused() {
    String message =
        "A condition compares with texts, whole numbers, booleans, known roles, times and"
            + " durations, not with a ";

    assertThatThrownBy(() -> Condition.equalTo("inactivity_timeout", 1.5))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + "java.lang.Double");
    assertThatThrownBy(() -> Condition.inSet("role", NsUserRoles.UNKNOWN_DEFAULT_OPEN_API))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + NsUserRoles.class.getName());
    assertThatThrownBy(() -> Condition.equalTo("name", null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("value");
    assertThatThrownBy(() -> Condition.equalTo(null, "a"))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("member");
  }

  @Test
  void conditionIsWrittenForPeople() {
    assertThat(
            and(
                Condition.iContains("name", "user"),
                or(
                    Condition.inSet("role", "guest", "operator"),
                    Condition.between("creation_time", 1, 2))))
        .hasToString(
            "(name iContains user and (role inSet guest, operator or creation_time between 1, 2))");
  }

  @Test
  void sessionTokenIsInNoText() {
    Condition condition =
        or(
            Condition.equalTo("session_token", "9f53a789f1e9eae7b9385f4d8873fb10"),
            Condition.equalTo("username", "admin"));
    array.answerEach(request -> Answer.status(400).body("Not " + request.body()));

    assertThat(condition).hasToString("(session_token equals *** or username equals admin)");
    assertThatThrownBy(() -> client.queryTokens(condition, ListOptions.none()))
        .isInstanceOfSatisfying(
            NimbleException.class,
            e -> assertThat(e.text()).contains("***").doesNotContain("9f53a789"));
  }
}
