package dev.roster.server.http;

import dev.roster.server.http.ApiRequest.QueryParameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads query strings the way signatures need it: every parameter once, in order, decoded. */
final class QueryStrings {

  private QueryStrings() {}

  static List<QueryParameter> parse(String query) {
    List<QueryParameter> parameters = new ArrayList<>();
    int start = 0;
    while (start <= query.length()) {
      int end = query.indexOf('&', start);
      if (end < 0) {
        end = query.length();
      }
      if (end > start) {
        int equals = query.indexOf('=', start);
        boolean named = equals >= start && equals < end;
        String name = query.substring(start, named ? equals : end);
        String value = named ? query.substring(equals + 1, end) : "";
        parameters.add(new QueryParameter(decode(name), decode(value)));
      }
      start = end + 1;
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
