package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.server.odata.FilterEvaluator;
import dev.roster.server.odata.FilterExpression;
import dev.roster.server.odata.FilterExpression.And;
import dev.roster.server.odata.FilterExpression.Comparison;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.FunctionCall;
import dev.roster.server.odata.FilterExpression.Not;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterExpression.Or;
import dev.roster.server.odata.FilterSql;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database and the evaluator in memory find the same users. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class FilterAgreementTest {

  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A",
          "ab",
          "aB'",
          "b",
          "%",
          "a%",
          "_",
          "\\",
          "a\\b",
          "é",
          "É",
          "ß",
          "  ",
          "~",
          "\u007f",
          "ǆ",
          "\ud7ff",
          "\ue000",
          "\uffff",
          "😀",
          "a😀",
          "\udbff\udfff",
          "a\udbff\udfff");

  private static final List<String> FIELDS =
      List.of("name", "firstName", "lastName", "email", "note");

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final int USERS = 40;
  private static final int FILTERS = 120;

  @Inject ApiManagementWorld world;
  @Inject UserRepository users;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @Covers({
    "apim.common.filter-operators",
    "apim.common.filter-grammar",
    "apim.common.count",
    "apim.common.order"
  })
  void sqlFindsWhatTheEvaluatorFinds(long seed) {
    Random random = new Random(seed);
    Service service = world.newService();
    ServiceInstance instance = world.instance(service);
    List<User> all =
        new ArrayList<>(List.of(users.find(instance, User.OWNER, RowLock.NONE).orElseThrow()));
    for (int i = 0; i < USERS; i++) {
      all.add(users.add(instance, user(random, i), null));
    }
    int some = 0;
    for (int i = 0; i < FILTERS; i++) {
      FilterExpression filter = expression(random, 3);
      List<String> expected =
          all.stream()
              .filter(user -> FilterEvaluator.matches(filter, name -> value(user, name)))
              .map(User::id)
              .toList();
      int top = 1 + random.nextInt(USERS);
      int skip = random.nextInt(4) == 0 ? random.nextInt(USERS) : 0;

      Page<UserRepository.Listed> page =
          users.list(
              instance,
              new Listing(
                  Optional.of(FilterSql.translate(filter, ApiManagementQueries.USER_COLUMNS)),
                  top,
                  skip),
              random.nextBoolean());

      assertThat(page.count()).as(filter.toString()).isEqualTo(expected.size());
      assertThat(page.items())
          .as(filter.toString())
          .extracting(listed -> listed.user().id())
          .isEqualTo(
              expected.subList(
                  Math.min(skip, expected.size()), Math.min(skip + top, expected.size())));
      some += !expected.isEmpty() && expected.size() < all.size() ? 1 : 0;
    }
    assertThat(some).as("filters that tell users apart").isGreaterThan(FILTERS / 2);
  }

  private static User user(Random random, int number) {
    String email = text(random) + number;
    return new User(
        text(random) + number,
        text(random),
        text(random) + text(random),
        email,
        oneOf(List.of(UserState.values()), random),
        random.nextInt(3) == 0 ? null : text(random),
        List.of(new Identity(Identity.BASIC, email)),
        START.plusMillis(random.nextInt(20)),
        null);
  }

  /** The value as the columns have it. */
  private static Object value(User user, String field) {
    return switch (field) {
      case "name" -> lower(user.id());
      case "firstName" -> lower(user.firstName());
      case "lastName" -> lower(user.lastName());
      case "email" -> lower(user.email());
      case "note" -> lower(user.note());
      case "state" -> user.state().wireValue();
      default -> user.registeredAt();
    };
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static FilterExpression expression(Random random, int depth) {
    return switch (depth == 0 ? 3 + random.nextInt(3) : random.nextInt(6)) {
      case 0 -> new And(List.of(expression(random, depth - 1), expression(random, depth - 1)));
      case 1 -> new Or(List.of(expression(random, depth - 1), expression(random, depth - 1)));
      case 2 -> new Not(expression(random, depth - 1));
      case 3 ->
          new FunctionCall(
              oneOf(List.of(Function.values()), random),
              oneOf(FIELDS, random),
              lower(text(random)));
      case 4 -> comparison(random);
      default ->
          new Comparison(
              oneOf(FIELDS, random),
              oneOf(List.of(Operator.values()), random),
              lower(text(random) + (random.nextBoolean() ? "" : random.nextInt(USERS))));
    };
  }

  private static FilterExpression comparison(Random random) {
    Operator operator = oneOf(List.of(Operator.values()), random);
    return switch (random.nextInt(3)) {
      case 0 ->
          new Comparison("state", Operator.EQUAL, oneOf(List.of("active", "blocked", "x"), random));
      case 1 ->
          new Comparison(
              oneOf(FIELDS, random),
              random.nextBoolean() ? Operator.EQUAL : Operator.NOT_EQUAL,
              null);
      default -> new Comparison("registrationDate", operator, time(random));
    };
  }

  /** Sometimes between two times that the database can tell apart. */
  private static OffsetDateTime time(Random random) {
    return START
        .plusMillis(random.nextInt(20))
        .plus(Duration.ofNanos(random.nextInt(3) == 0 ? random.nextInt(2000) - 1000L : 0))
        .atOffset(ZoneOffset.ofHours(random.nextInt(5)));
  }

  private static String text(Random random) {
    return oneOf(TEXTS, random);
  }

  private static <T> T oneOf(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
