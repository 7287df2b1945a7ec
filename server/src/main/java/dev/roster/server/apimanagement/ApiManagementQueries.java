package dev.roster.server.apimanagement;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.PageLinks;
import dev.roster.server.http.RequestContext;
import dev.roster.server.odata.FieldType;
import dev.roster.server.odata.FilterEvaluator;
import dev.roster.server.odata.FilterExpression;
import dev.roster.server.odata.FilterExpression.Function;
import dev.roster.server.odata.FilterExpression.Operator;
import dev.roster.server.odata.FilterFields;
import dev.roster.server.odata.FilterParser;
import dev.roster.server.odata.FilterSql;
import dev.roster.server.odata.FilterSql.Column;
import dev.roster.server.odata.ODataSyntaxException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Reads the OData parameters of listings; texts are compared in lower case. */
@Singleton
class ApiManagementQueries {

  private static final String FILTER = "$filter";
  private static final String SKIP = "$skip";

  private static final Set<Operator> COMPARISONS = EnumSet.allOf(Operator.class);
  private static final Set<Operator> EQUAL = EnumSet.of(Operator.EQUAL);
  private static final Set<Function> FUNCTIONS = EnumSet.allOf(Function.class);

  /** Where a filter finds the properties of users. */
  static final Map<String, Column> USER_COLUMNS =
      Map.of(
          "name", new Column("u.user_key", false),
          "firstName", new Column("u.first_name_key", false),
          "lastName", new Column("u.last_name_key", false),
          "email", new Column("u.email_key", false),
          "note", new Column("u.note_key", true),
          "registrationDate", new Column("u.registered_at", false),
          "state", new Column("u.state", false));

  private static final Map<String, Column> GROUP_COLUMNS =
      Map.of(
          "name", new Column("g.group_key", false),
          "displayName", new Column("g.display_name_key", false),
          "description", new Column("g.description_key", true),
          "externalId", new Column("g.external_id_key", true));

  private static final FilterFields MEMBERS =
      texts("name", "firstName", "lastName", "email", "note")
          .field("registrationDate", FieldType.DATE_TIME)
          .build();

  private static final FilterFields USERS =
      texts("name", "firstName", "lastName", "email", "note")
          .field("registrationDate", FieldType.DATE_TIME)
          .field("state", FieldType.STRING, EQUAL)
          .build();

  private static final FilterFields GROUPS_OF_USER =
      texts("name", "displayName", "description").build();

  private static final FilterFields GROUPS =
      texts("name", "displayName", "description")
          .field("externalId", FieldType.STRING, EQUAL)
          .build();

  private static final FilterFields SUBSCRIPTIONS =
      texts("name", "displayName", "stateComment", "ownerId", "scope", "userId", "productId")
          .build();

  private final int pageSize;
  private final RequestContext context;

  @Inject
  ApiManagementQueries(RosterConfig config, RequestContext context) {
    this.pageSize = config.apim().pageSize();
    this.context = context;
  }

  private static FilterFields.Builder texts(String... names) {
    FilterFields.Builder fields = FilterFields.builder().ignoreCase().lowerCaseText();
    for (String name : names) {
      fields.field(name, FieldType.STRING, COMPARISONS, FUNCTIONS);
    }
    return fields;
  }

  /** Which users a listing of a service shall give. */
  Listing users(String filter, Integer top, Integer skip) {
    return listing(filter, USERS, USER_COLUMNS, top, skip);
  }

  /** Which users a listing of a group shall give. */
  Listing members(String filter, Integer top, Integer skip) {
    return listing(filter, MEMBERS, USER_COLUMNS, top, skip);
  }

  /** Which groups a listing of a service shall give. */
  Listing groups(String filter, Integer top, Integer skip) {
    return listing(filter, GROUPS, GROUP_COLUMNS, top, skip);
  }

  /** Which groups a listing of a user shall give. */
  Listing groupsOfUser(String filter, Integer top, Integer skip) {
    return listing(filter, GROUPS_OF_USER, GROUP_COLUMNS, top, skip);
  }

  /**
   * The condition of a listing of subscriptions.
   *
   * @param property gives the text of a property, or null
   */
  <T> Predicate<T> subscriptions(String filter, BiFunction<T, String, String> property) {
    return parse(filter, SUBSCRIPTIONS)
        .<Predicate<T>>map(
            expression ->
                item ->
                    FilterEvaluator.matches(expression, name -> lower(property.apply(item, name))))
        .orElse(item -> true);
  }

  /** The number of entries on a page. */
  int top(Integer top) {
    return Math.min(top == null ? pageSize : top, RosterConfig.ApiManagement.LARGEST_PAGE);
  }

  /** The number of entries to leave out. */
  int skip(Integer skip) {
    return skip == null ? 0 : skip;
  }

  /** The link to the next page; null on the last. */
  String nextLink(Page<?> page, Integer skip) {
    long next = (long) skip(skip) + page.items().size();
    return page.items().isEmpty() || next >= page.count()
        ? null
        : PageLinks.at(context.request(), SKIP, next);
  }

  private Listing listing(
      String filter, FilterFields fields, Map<String, Column> columns, Integer top, Integer skip) {
    return new Listing(
        parse(filter, fields).map(expression -> FilterSql.translate(expression, columns)),
        top(top),
        skip(skip));
  }

  private static Optional<FilterExpression> parse(String filter, FilterFields fields) {
    if (filter == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(FilterParser.parse(filter, fields));
    } catch (ODataSyntaxException e) {
      throw ApiManagementErrors.validation(FILTER, e.getMessage());
    }
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }
}
