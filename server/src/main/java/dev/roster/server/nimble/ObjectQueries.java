package dev.roster.server.nimble;

import dev.roster.server.http.ApiRequest.QueryParameter;
import dev.roster.server.http.RequestContext;
import dev.roster.server.nimble.Criterion.Order;
import dev.roster.server.nimble.Field.Kind;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the URL of the request at hand, and the body of a query, want of a set of objects. */
@Singleton
class ObjectQueries {

  private static final String FIELDS = "fields";
  private static final String SORT_BY = "sortBy";
  private static final String SORT_BY_IGNORING_CASE = "iSortBy";

  private static final Set<String> LIST_PARAMETERS =
      Set.of(Window.START_ROW, Window.END_ROW, Window.PAGE_SIZE, SORT_BY, SORT_BY_IGNORING_CASE);

  /**
   * A name, and what stands in place of its equals sign: {@code id>=7} is a name without a value.
   */
  private static final Pattern OPERATOR =
      Pattern.compile("([A-Za-z_]+)(>=|<=|!=|>|<|!)(.*)", Pattern.DOTALL);

  private final RequestContext context;

  /** What of the URL is not a filter, by name, and the filters. */
  private record Url(Map<String, String> known, List<QueryParameter> filters) {

    Optional<String> get(String name) {
      return Optional.ofNullable(known.get(name));
    }
  }

  @Inject
  ObjectQueries(RequestContext context) {
    this.context = context;
  }

  /**
   * Refuses all query parameters, for operations that take none.
   *
   * @throws dev.roster.server.error.ApiException SM_unexpected_query_param
   */
  void none() {
    refuse(read(Set.of()).filters());
  }

  /**
   * The members that are wanted of one object.
   *
   * @throws dev.roster.server.error.ApiException SM_unexpected_query_param, SM_invalid_query_param
   */
  <R> List<Field<R>> members(ObjectSet<R> objects) {
    Url url = read(Set.of(FIELDS));
    refuse(url.filters());
    return members(objects, url);
  }

  /**
   * A list, of some of the members without details.
   *
   * @throws dev.roster.server.error.ApiException with the code of the parameter at fault
   */
  <R> ObjectQuery<R> list(ObjectSet<R> objects, boolean detail) {
    Url url = read(parameters(detail));
    Set<String> secrets = new LinkedHashSet<>();
    List<Criterion<R>> criteria = new ArrayList<>();
    for (QueryParameter filter : url.filters()) {
      criteria.add(criterion(objects, filter, secrets));
    }
    return query(
        objects,
        new Criterion.All<>(criteria),
        url,
        detail,
        Window.of(url.get(Window.START_ROW), url.get(Window.END_ROW), url.get(Window.PAGE_SIZE)),
        secrets);
  }

  /**
   * A query by a body; what the URL says wins.
   *
   * @throws dev.roster.server.error.ApiException with the code of what is at fault
   */
  <R> ObjectQuery<R> fetch(ObjectSet<R> objects, boolean detail, RequestBody body) {
    Url url = read(parameters(detail));
    refuse(url.filters());
    Window window =
        Window.of(
            url.get(Window.START_ROW).or(() -> body.beside(Window.START_ROW)),
            url.get(Window.END_ROW).or(() -> body.beside(Window.END_ROW)),
            url.get(Window.PAGE_SIZE).or(() -> body.beside(Window.PAGE_SIZE)));
    Set<String> secrets = new LinkedHashSet<>();
    Criterion<R> criterion = new CriteriaReader<>(objects, secrets::add).read(body.data());
    return query(objects, criterion, url, detail, window, secrets);
  }

  private static <R> ObjectQuery<R> query(
      ObjectSet<R> objects,
      Criterion<R> criterion,
      Url url,
      boolean detail,
      Window window,
      Set<String> secrets) {
    return new ObjectQuery<>(
        objects,
        criterion,
        order(objects, url),
        window,
        detail ? members(objects, url) : objects.brief(),
        Set.copyOf(secrets));
  }

  private static Set<String> parameters(boolean detail) {
    Set<String> names = new LinkedHashSet<>(LIST_PARAMETERS);
    if (detail) {
      names.add(FIELDS);
    }
    return names;
  }

  /** Of a parameter that is sent more than once the first counts. */
  private Url read(Set<String> taken) {
    Map<String, String> known = new LinkedHashMap<>();
    List<QueryParameter> filters = new ArrayList<>();
    for (QueryParameter parameter : context.request().query()) {
      if (taken.contains(parameter.name())) {
        known.putIfAbsent(parameter.name(), parameter.value());
      } else {
        filters.add(parameter);
      }
    }
    return new Url(known, filters);
  }

  private static void refuse(List<QueryParameter> parameters) {
    if (!parameters.isEmpty()) {
      throw NimbleErrors.unexpectedQueryParameter(parameters.get(0).name());
    }
  }

  private static <R> List<Field<R>> members(ObjectSet<R> objects, Url url) {
    String names = url.get(FIELDS).orElse("");
    if (names.isEmpty()) {
      return objects.fields();
    }
    Set<Field<R>> members = new LinkedHashSet<>();
    for (String name : names.split(",", -1)) {
      members.add(named(objects, FIELDS, name.strip()));
    }
    return List.copyOf(members);
  }

  private static <R> Comparator<R> order(ObjectSet<R> objects, Url url) {
    Comparator<R> last = Comparator.comparing(objects.order().compared(), Criterion::compare);
    return keys(objects, url, SORT_BY)
        .map(
            sorted ->
                keys(objects, url, SORT_BY_IGNORING_CASE).map(sorted::thenComparing).orElse(sorted))
        .or(() -> keys(objects, url, SORT_BY_IGNORING_CASE))
        .map(sorted -> sorted.thenComparing(last))
        .orElse(last);
  }

  private static <R> Optional<Comparator<R>> keys(ObjectSet<R> objects, Url url, String parameter) {
    String names = url.get(parameter).orElse("");
    Comparator<R> order = null;
    // A member that is named again decides nothing, and a comparator of thousands would be too
    // deep.
    Set<Field<R>> deciding = new HashSet<>();
    for (String key : names.isEmpty() ? new String[0] : names.split(",", -1)) {
      String name = key.strip();
      boolean descending = name.startsWith("-");
      Field<R> field = named(objects, parameter, descending ? name.substring(1) : name);
      if (field.kind() == Kind.SECRET) {
        throw NimbleErrors.invalidQueryParameter(parameter, name, "a member that has an order");
      }
      if (!deciding.add(field)) {
        continue;
      }
      boolean ignoresCase = parameter.equals(SORT_BY_IGNORING_CASE);
      Comparator<R> next =
          Comparator.comparing(
              object -> {
                Object value = field.compared().apply(object);
                return ignoresCase ? Criterion.lower(value) : value;
              },
              Criterion::compare);
      Comparator<R> turned = descending ? next.reversed() : next;
      order = order == null ? turned : order.thenComparing(turned);
    }
    return Optional.ofNullable(order);
  }

  private static <R> Field<R> named(ObjectSet<R> objects, String parameter, String name) {
    return objects
        .field(name)
        .orElseThrow(
            () -> NimbleErrors.invalidQueryParameter(parameter, name, "a member of the objects"));
  }

  private static <R> Criterion<R> criterion(
      ObjectSet<R> objects, QueryParameter filter, Set<String> secrets) {
    Optional<Field<R>> equal = objects.field(filter.name());
    if (equal.isPresent()) {
      return equality(equal.get(), filter.value(), secrets);
    }
    Matcher matcher = OPERATOR.matcher(filter.name());
    Field<R> field =
        Optional.of(matcher)
            .filter(Matcher::matches)
            .flatMap(found -> objects.field(found.group(1)))
            .orElseThrow(() -> NimbleErrors.unexpectedQueryParameter(filter.name()));
    return compared(field, matcher.group(2), matcher.group(3), filter, secrets);
  }

  private static <R> Criterion<R> compared(
      Field<R> field, String sign, String rest, QueryParameter filter, Set<String> secrets) {
    // The parser of query strings has taken the first equals sign out of "id>=7" and "id!=7".
    boolean split = rest.isEmpty() && sign.length() == 1;
    String operator = split ? sign + "=" : sign;
    String value = split ? filter.value() : rest;
    if (!split && !filter.value().isEmpty()) {
      value = rest + "=" + filter.value();
    }
    if (operator.equals("!")) {
      throw NimbleErrors.unexpectedQueryParameter(filter.name());
    }
    boolean inequality = operator.equals("!=");
    if (inequality ? field.kind() == Kind.SECRET : !field.isOrdered()) {
      throw NimbleErrors.unsupportedOperator(field.name(), operator);
    }
    if (inequality) {
      return new Criterion.Not<>(equality(field, value, secrets));
    }
    Order order =
        switch (operator) {
          case ">" -> Order.ABOVE;
          case ">=" -> Order.AT_LEAST;
          case "<" -> Order.BELOW;
          default -> Order.AT_MOST;
        };
    return new Criterion.Ordered<>(field, order, coerce(field, value, secrets));
  }

  private static <R> Criterion<R> equality(Field<R> field, String value, Set<String> secrets) {
    return new Criterion.In<>(field, Set.of(coerce(field, value, secrets)), false);
  }

  private static <R> Object coerce(Field<R> field, String value, Set<String> secrets) {
    return switch (field.kind()) {
      case TEXT -> value;
      case TEXT_IN_ANY_CASE -> Criterion.lower(value);
      case SECRET -> {
        secrets.add(value);
        yield TokenHash.of(value);
      }
      case NUMBER ->
          Values.number(value)
              .orElseThrow(
                  () -> NimbleErrors.invalidQueryParameter(field.name(), value, "a whole number"));
      case BOOLEAN ->
          Values.flag(value)
              .orElseThrow(
                  () -> NimbleErrors.invalidQueryParameter(field.name(), value, "true or false"));
    };
  }
}
