package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.http.ApiRequest.QueryParameter;
import org.junit.jupiter.api.Test;

class QueryStringsTest {

  @Test
  void keepsOrderAndRepetitions() {
    assertThat(QueryStrings.parse("b=2&a=1&b=3"))
        .containsExactly(
            new QueryParameter("b", "2"),
            new QueryParameter("a", "1"),
            new QueryParameter("b", "3"));
  }

  @Test
  void decodesNamesAndValues() {
    assertThat(QueryStrings.parse("%24filter=state+eq%20%27idle%27&x=%C3%A9%26%3D"))
        .containsExactly(
            new QueryParameter("$filter", "state eq 'idle'"), new QueryParameter("x", "é&="));
  }

  @Test
  void parameterMayHaveNoValue() {
    assertThat(QueryStrings.parse("a&b=&=c"))
        .containsExactly(
            new QueryParameter("a", ""), new QueryParameter("b", ""), new QueryParameter("", "c"));
  }

  @Test
  void onlyTheFirstEqualsSignSeparates() {
    assertThat(QueryStrings.parse("a=b=c")).containsExactly(new QueryParameter("a", "b=c"));
  }

  @Test
  void passesOverEmptyParameters() {
    assertThat(QueryStrings.parse("")).isEmpty();
    assertThat(QueryStrings.parse("&&a=1&")).containsExactly(new QueryParameter("a", "1"));
  }
}
