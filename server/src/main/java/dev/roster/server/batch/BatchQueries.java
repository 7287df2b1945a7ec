package dev.roster.server.batch;

import dev.roster.server.error.ApiException;
import dev.roster.server.http.PageLinks;
import dev.roster.server.http.PageReader.Page;
import dev.roster.server.http.RequestContext;
import dev.roster.server.odata.FilterEvaluator;
import dev.roster.server.odata.FilterExpression;
import dev.roster.server.odata.FilterFields;
import dev.roster.server.odata.FilterParser;
import dev.roster.server.odata.ODataSyntaxException;
import dev.roster.server.odata.SelectList;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the OData parameters of listings; a fault is an InvalidQueryParameterValue. */
@Singleton
class BatchQueries {

  private static final String FILTER = "$filter";
  private static final String SELECT = "$select";
  private static final String EXPAND = "$expand";
  private static final String SKIP_TOKEN = "$skiptoken";

  /** The only navigation property of pools; the stand-in has no statistics to show. */
  private static final String STATS = "stats";

  private final RequestContext context;

  @Inject
  BatchQueries(RequestContext context) {
    this.context = context;
  }

  /** For entities of which all properties are known. */
  SelectList select(String text, Set<String> properties) {
    return select(text, names -> SelectList.parse(names, properties));
  }

  /** For entities that may have any property. */
  SelectList select(String text) {
    return select(text, SelectList::parse);
  }

  private static SelectList select(String text, Function<String, SelectList> parser) {
    if (text == null) {
      return SelectList.ALL;
    }
    try {
      return parser.apply(text);
    } catch (ODataSyntaxException e) {
      throw BatchErrors.invalidQueryParameterValue(SELECT, text, e.getMessage());
    }
  }

  <T> Predicate<T> filter(
      String text, FilterFields fields, BiFunction<T, String, Object> property) {
    if (text == null) {
      return item -> true;
    }
    try {
      FilterExpression expression = FilterParser.parse(text, fields);
      return item -> FilterEvaluator.matches(expression, name -> property.apply(item, name));
    } catch (ODataSyntaxException e) {
      throw BatchErrors.invalidQueryParameterValue(FILTER, text, e.getMessage());
    }
  }

  void checkExpand(String text) {
    if (text != null && !text.strip().equals(STATS)) {
      throw BatchErrors.invalidQueryParameterValue(
          EXPAND, text, "The only value is " + STATS + ".");
    }
  }

  int pageSize(Integer maxresults) {
    return maxresults == null ? BatchProtocol.MOST_RESULTS : maxresults;
  }

  Optional<String> after(String skiptoken) {
    return Optional.ofNullable(skiptoken)
        .map(token -> PageLinks.lastKey(token).orElseThrow(() -> unknownToken(token)));
  }

  /** The number that a key stands for; -1, before all of them, for none. */
  int number(Optional<String> key, String skiptoken) {
    try {
      return key.map(Integer::valueOf).orElse(-1);
    } catch (NumberFormatException e) {
      throw unknownToken(skiptoken);
    }
  }

  /** The link to the page after this one; null on the last. */
  String nextLink(Page<?> page) {
    return page.next().map(key -> PageLinks.next(context.request(), SKIP_TOKEN, key)).orElse(null);
  }

  private static ApiException unknownToken(String token) {
    return BatchErrors.invalidQueryParameterValue(
        SKIP_TOKEN, token, "The token is not one that this server made.");
  }
}
