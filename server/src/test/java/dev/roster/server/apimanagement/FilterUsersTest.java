package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.server.http.UrlSegments;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What $filter finds among the users of a service. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class FilterUsersTest {

  private static final List<String> MEMBERS =
      List.of("firstName", "lastName", "email", "note", "state");

  /** Id, then the members; registered a second after one another. */
  private static final List<List<String>> USERS =
      List.of(
          user("anna", "Anna", "O'Hara", "Anna@Example.com", "50% off_all\\now", "active"),
          user("bert", "Bert", "Müller", "bert+x@example.com", null, "blocked"),
          user("CARL", "carl", "Ärger", "c@EXAMPLE.org", "a 😀 smile", "pending"),
          user("dora", "Dora", "Zed", "d@x.test", "", "deleted"),
          user("ed'x", "ED", "mann", "ed@example.com", "bert", "blocked"));

  private static final Instant FIRST = Instant.parse("2030-05-01T12:00:00.250Z");

  private static final Map<String, BiPredicate<String, String>> COMPARISONS =
      Map.of(
          "eq", (value, literal) -> value.equals(literal),
          "ne", (value, literal) -> !value.equals(literal),
          "gt", (value, literal) -> value.compareTo(literal) > 0,
          "ge", (value, literal) -> value.compareTo(literal) >= 0,
          "lt", (value, literal) -> value.compareTo(literal) < 0,
          "le", (value, literal) -> value.compareTo(literal) <= 0);

  private static final Map<String, BiPredicate<String, String>> FUNCTIONS =
      Map.of(
          "contains(%s,'%s')", String::contains,
          "startswith(%s,'%s')", String::startsWith,
          "endswith(%s,'%s')", String::endsWith,
          "substringof('%2$s',%1$s)", String::contains);

  @Inject ApiManagementWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static List<String> user(String... values) {
    return new ArrayList<>(Arrays.asList(values));
  }

  /** A service with these users and the owner, who was registered a second before them. */
  private Service addUsers() {
    clock.advance(Duration.between(clock.stop(), FIRST.minusSeconds(1)));
    Service service = world.newService();
    for (List<String> values : USERS) {
      clock.advance(Duration.ofSeconds(1));
      ObjectNode body = new ObjectMapper().createObjectNode();
      ObjectNode properties = body.putObject("properties");
      for (int i = 0; i < MEMBERS.size(); i++) {
        properties.put(MEMBERS.get(i), values.get(i + 1));
      }
      Answer put = world.put(service.user(values.get(0)), body.toString());
      assertThat(put.status()).as(put.text()).isEqualTo(201);
    }
    return service;
  }

  private Answer filter(Service service, String filter) {
    return world.get(service.users() + "?$filter=" + UrlSegments.encode(filter));
  }

  private void assertFinds(Service service, String filter, List<String> ids) {
    Answer list = filter(service, filter);
    assertThat(list.status()).as(filter + " " + list.text()).isEqualTo(200);
    assertThat(names(list)).as(filter).isEqualTo(ids);
    assertThat(list.json().get("count").asInt()).isEqualTo(ids.size());
  }

  private static List<String> ids(String separated) {
    return separated == null ? List.of() : List.of(separated.split(" "));
  }

  /** What an independent, naive reading of the rule finds. */
  private static List<String> find(
      Service service, String field, BiPredicate<String, String> condition, String literal) {
    List<List<String>> all = new ArrayList<>(USERS);
    all.add(0, user("1", "Administrator", "", "owner@" + service.name(), null, "active"));
    int index = field.equals("name") ? 0 : MEMBERS.indexOf(field) + 1;
    return all.stream()
        .filter(user -> user.get(index) != null)
        .filter(
            user ->
                condition.test(
                    user.get(index).toLowerCase(Locale.ROOT), literal.toLowerCase(Locale.ROOT)))
        .map(user -> user.get(0))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "firstName", "lastName", "email", "note"})
  @Covers({"apim.list-users.filter-fields", "apim.common.filter-operators"})
  void everyTextTakesEveryComparisonAndFunction(String field) {
    Service service = addUsers();
    List<String> literals =
        List.of(
            "anna", "BERT", "m", "Carl", "ed", "example.com", "MÜLLER", "off", "", "~", "o'hara");

    for (String literal : literals) {
      String quoted = literal.replace("'", "''");
      COMPARISONS.forEach(
          (operator, condition) -> {
            List<String> found = find(service, field, condition, literal);
            if (operator.equals("ne") && field.equals("note")) {
              // A missing note is another one than any text.
              found =
                  IntStream.range(-1, USERS.size())
                      .mapToObj(i -> i < 0 ? "1" : USERS.get(i).get(0))
                      .filter(
                          id ->
                              id.equals("1")
                                  || id.equals("bert")
                                  || find(service, field, condition, literal).contains(id))
                      .toList();
            }
            assertFinds(service, "%s %s '%s'".formatted(field, operator, quoted), found);
          });
      FUNCTIONS.forEach(
          (template, condition) ->
              assertFinds(
                  service,
                  template.formatted(field, quoted),
                  find(service, field, condition, literal)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "state eq 'active' | 1 anna",
        "state eq 'BLOCKED' | bert ed'x",
        "state eq 'Pending' | CARL",
        "'deleted' eq state | dora",
        "state eq 'gone' | ",
        "state eq null | ",
        "not (state eq 'active') | bert CARL dora ed'x",
        "registrationDate eq 2030-05-01T12:00:00.250Z | anna",
        "registrationDate eq datetime'2030-05-01T12:00:00.250' | anna",
        "registrationDate eq datetimeoffset'2030-05-01T14:00:00.250+02:00' | anna",
        "registrationDate eq 2030-05-01T14:00:01.25+02:00 | bert",
        "registrationDate eq datetime'2030-05-01T12:00:01.2500000Z' | bert",
        "registrationDate ne 2030-05-01T12:00:02.250Z | 1 anna bert dora ed'x",
        "registrationDate gt 2030-05-01T12:00:02.250Z | dora ed'x",
        "registrationDate ge 2030-05-01T12:00:02.250Z | CARL dora ed'x",
        "registrationDate lt 2030-05-01T12:00:01Z | 1 anna",
        "registrationDate le DateTime'2030-05-01T12:00:00.249' | 1",
        "2030-05-01T12:00:02Z lt registrationDate | CARL dora ed'x",
        "registrationDate ge 2030-05-01 and registrationDate lt 2030-05-02"
            + " | 1 anna bert CARL dora ed'x",
        "registrationDate ge 2030-05-02 | ",
        "registrationDate eq null | ",
        "registrationDate gt 0001-01-01T00:00:00Z | 1 anna bert CARL dora ed'x",
        "registrationDate gt 9999-12-31T23:59:59Z | ",
        "registrationDate eq 2030-05-01T12:00:00.2500001Z | ",
        "registrationDate ge 2030-05-01T12:00:04.2500001Z | ",
        "registrationDate lt 2030-05-01T12:00:00.2500001Z | 1 anna"
      })
  @Covers({"apim.list-users.filter-fields", "apim.common.filter-grammar"})
  void statesAndDates(String filter, String ids) {
    assertFinds(addUsers(), filter, ids(ids));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "email eq 'ANNA@example.COM' | anna",
        "NAME eq 'anna' | anna",
        "lastName eq 'o''hara' | anna",
        "name eq 'ED''X' | ed'x",
        "name eq '''' | ",
        "contains(name,'''') | ed'x",
        "lastName eq 'MÜLLER' | bert",
        "startswith(lastName,'ä') | CARL",
        "contains(note,'😀') | CARL",
        "endswith(note,'😀 SMILE') | CARL",
        "note gt '😀' | ",
        "contains(note,'%') | anna",
        "contains(note,'_') | anna",
        "contains(note,'\\') | anna",
        "startswith(note,'50%') | anna",
        "startswith(note,'%') | ",
        "startswith(note,'_0') | ",
        "endswith(note,'\\NOW') | anna",
        "substringof('BERT',note) | ed'x",
        "substringof('example', email) | anna bert CARL ed'x",
        "startswith(note,'') | anna CARL dora ed'x",
        "endswith(note,'') | anna CARL dora ed'x",
        "contains(note,'') | anna CARL dora ed'x",
        "note eq '' | dora",
        "note eq null | 1 bert",
        "note ne null | anna CARL dora ed'x",
        "null eq note | 1 bert",
        "firstName eq null | ",
        "firstName ne null | 1 anna bert CARL dora ed'x",
        "note ne 'bert' | 1 anna bert CARL dora",
        "not (note eq 'bert') | 1 anna bert CARL dora",
        "not (note gt 'b') | 1 anna bert CARL dora",
        "not contains(note,'e') | 1 anna bert dora",
        "not not contains(note,'e') | CARL ed'x",
        "'bert' eq note | ed'x",
        "'c' gt name | 1 anna bert",
        "name eq 'anna' or name eq 'bert' and state eq 'active' | anna",
        "(name eq 'anna' or name eq 'bert') and state eq 'blocked' | bert",
        "name eq 'bert' and state eq 'active' or name eq 'anna' | anna",
        "not name eq 'anna' and state eq 'active' | 1",
        "not (name eq 'anna' and state eq 'active') | 1 bert CARL dora ed'x",
        "not name eq 'anna' or state eq 'active' | 1 anna bert CARL dora ed'x",
        "((((name eq 'anna')))) | anna",
        "  name   eq\t'anna'  | anna",
        "name eq 'anna'and state eq 'active' | anna",
        "lastName eq 'anna' | ",
        "name eq 'x'' or ''1'' eq ''1' | ",
        "note eq '''; drop table apim_user; --' | ",
        "name eq ':space' | ",
        "name eq '?' | ",
        "contains(email,') or (1=1') | ",
        "name eq '\\'' or 1=1 --' | ",
        "name eq '$1' or name eq '{0}' or name eq '%s' | "
      })
  @Covers({"apim.common.filter-grammar", "apim.common.filter-operators"})
  void textsAndLogic(String filter, String ids) {
    Service service = addUsers();

    assertFinds(service, filter, ids(ids));

    assertThat(names(world.get(service.users()))).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u007f", "\ud7ff", "\ue000", "\uffff", "\ud800\udc00", "\udbff\udfff"})
  @Covers("apim.common.filter-operators")
  void prefixesAtTheEdgesOfTheCodeRange(String edge) {
    Service service = world.newService();
    for (String id : List.of("x", "x" + edge, "x" + edge + edge, "x" + edge + "y", "y")) {
      world.addUser(service, id);
    }

    assertFinds(
        service,
        "startswith(name,'x%s')".formatted(edge),
        List.of("x" + edge, "x" + edge + edge, "x" + edge + "y"));
    assertFinds(
        service, "startswith(name,'x%1$s%1$s')".formatted(edge), List.of("x" + edge + edge));
    assertFinds(
        service, "endswith(name,'%s')".formatted(edge), List.of("x" + edge, "x" + edge + edge));
    assertFinds(service, "name eq 'x%s'".formatted(edge), List.of("x" + edge));
    assertFinds(service, "startswith(name,'%s')".formatted(edge), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "$filter=name%20eq%20%27anna%27",
    "%24filter=name%20eq%20%27anna%27",
    "$filter=name+eq+'anna'",
    "%24filter=name%20eq%20%27%61nn%61%27&%24top=5",
    "$filter=name%20eq%20'anna'&$skip=0&expandGroups=false"
  })
  @Covers({"apim.common.escapes-decoded", "apim.common.filter-grammar"})
  void filterMayBeEncodedInAnyWay(String query) {
    Service service = world.newService();
    world.addUsers(service, "ann", 2);
    world.addUser(service, "anna");

    assertThat(names(world.get(service.users() + "?" + query))).containsExactly("anna");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "name",
        "name eq",
        "eq 'x'",
        "name eq x",
        "name eq \"x\"",
        "name eq 'x",
        "name eq 'x''",
        "name = 'x'",
        "name == 'x'",
        "name like 'x'",
        "name in ('x')",
        "name EQ 'x'",
        "name eq 'x' AND name eq 'y'",
        "name eq 'x' and",
        "name eq 'x' name eq 'y'",
        "(name eq 'x'",
        "name eq 'x')",
        "()",
        "not",
        "and",
        "name eq 1",
        "name eq true",
        "name eq 2030-01-01",
        "name gt null",
        "'x' eq 'x'",
        "name eq name",
        "id eq 'x'",
        "password eq 'x'",
        "password_hash ne null",
        "properties/email eq 'x'",
        "groups eq 'x'",
        "identities eq 'x'",
        "displayName eq 'x'",
        "u.email eq 'x'",
        "state ne 'active'",
        "state gt 'active'",
        "state lt 'active'",
        "state ge 'active'",
        "state le 'active'",
        "state eq 1",
        "state eq active",
        "contains(state,'a')",
        "startswith(state,'a')",
        "contains(registrationDate,'2030')",
        "registrationDate eq '2030-01-01'",
        "registrationDate eq 2030",
        "registrationDate eq 2030-13-01",
        "registrationDate eq 2030-02-30",
        "registrationDate eq 2030-01-01T25:00:00Z",
        "registrationDate eq datetime'yesterday'",
        "registrationDate gt null",
        "contains(name)",
        "contains('x',name)",
        "contains(name,'x','y')",
        "contains(name,1)",
        "contains(name,null)",
        "substringof(name,'x')",
        "substringof('x')",
        "toupper(name) eq 'X'",
        "length(name) gt 1",
        "Contains(name,'x')",
        "contains(name,'x') eq true",
        "name eq 'x'; drop table apim_user",
        "name eq 'x' -- comment",
        "name eq 'x' or 1 eq 1",
        "1=1"
      })
  @Covers("apim.common.filter-invalid")
  void whatIsNoFilterIsRefused(String filter) {
    assertFilterRefused(filter(world.newService(), filter));
  }

  private static void assertFilterRefused(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    JsonNode error = answer.json().get("error");
    assertThat(error.get("code").asText()).isEqualTo("ValidationError");
    assertThat(error.get("message").asText())
        .isEqualTo("One or more fields contain incorrect values:");
    assertThat(error.get("details")).hasSize(1);
    assertThat(error.at("/details/0/code").asText()).isEqualTo("ValidationError");
    assertThat(error.at("/details/0/target").asText()).isEqualTo("$filter");
    assertThat(error.at("/details/0/message").asText()).startsWith("At position ").endsWith(".");
  }

  @Test
  @Covers("apim.common.filter-invalid")
  void emptyFilterIsNone() {
    assertFinds(world.newService(), "", List.of("1"));
  }

  @Test
  @Covers("apim.common.filter-invalid")
  void refusalSaysWhereAndWhy() {
    ApiManagementErrorAssert.assertValidationError(
        filter(world.newService(), "state ne 'active'"),
        "$filter",
        "At position 7, the operator ne is not allowed for the property state.");
  }

  @Test
  @Covers({"apim.common.filter-invalid", "apim.common.no-server-errors"})
  void nestingSizeAndNumberOfTermsHaveLimits() {
    Service service = world.newService();
    world.addUser(service, "anna");
    String term = "name eq 'anna'";

    assertFinds(service, "(".repeat(32) + term + ")".repeat(32), List.of("anna"));
    assertFilterRefused(filter(service, "(".repeat(33) + term + ")".repeat(33)));
    assertFinds(service, "not ".repeat(32) + term, List.of("anna"));
    assertFilterRefused(filter(service, "not ".repeat(33) + term));
    assertFilterRefused(filter(service, "(".repeat(4000)));
    assertFinds(service, terms("startswith(name,'anna')", 200), List.of("anna"));
    assertFilterRefused(filter(service, terms("name eq 'a'", 201)));
    String longest = "name eq '" + "é".repeat(8192 - 10) + "'";
    assertFinds(service, longest, List.of());
    assertFilterRefused(filter(service, longest + " "));
  }

  private static String terms(String term, int number) {
    return IntStream.range(0, number).mapToObj(i -> term).collect(Collectors.joining(" or "));
  }
}
