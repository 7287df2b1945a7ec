package dev.roster.server.http;

import dev.roster.server.http.ApiRequest.QueryParameter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes links to the next page of a listing, and the tokens in them. */
public final class PageLinks {

  private static final String TOKEN_PREFIX = "after:";

  private PageLinks() {}

  /**
   * The URL of the next page: the request's own, with all its parameters, and a token in place of
   * the one it had.
   *
   * @param parameter the name of the token's parameter, such as {@code $skiptoken}
   * @param lastKey the key of the last item of this page
   */
  public static String next(ApiRequest request, String parameter, String lastKey) {
    String others =
        request.query().stream()
            .filter(sent -> !sent.name().equalsIgnoreCase(parameter))
            .map(PageLinks::encode)
            .collect(Collectors.joining("&"));
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((TOKEN_PREFIX + lastKey).getBytes(StandardCharsets.UTF_8));
    return request.origin()
        + request.rawPath()
        + "?"
        + (others.isEmpty() ? "" : others + "&")
        + parameter
        + "="
        + token;
  }

  /**
   * The URL of the page at a position, with the port written out and every dollar sign encoded, as
   * Azure Resource Manager does.
   *
   * @param parameter the name of the position's parameter, such as {@code $skip}; it comes last
   */
  public static String at(ApiRequest request, String parameter, long position) {
    StringBuilder link =
        new StringBuilder(request.originWithPort()).append(request.rawPath()).append('?');
    for (QueryParameter sent : request.query()) {
      if (!sent.name().equalsIgnoreCase(parameter)) {
        link.append(UrlSegments.encode(sent.name()))
            .append('=')
            .append(UrlSegments.encode(sent.value()))
            .append('&');
      }
    }
    return link.append(UrlSegments.encode(parameter)).append('=').append(position).toString();
  }

  /** Reads the key out of a token; empty if this server did not make it. */
  public static Optional<String> lastKey(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return text.startsWith(TOKEN_PREFIX) && StorableText.isStorable(text)
          ? Optional.of(text.substring(TOKEN_PREFIX.length()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encode(QueryParameter parameter) {
    // The dollar of OData's names stays readable; both spellings mean the same.
    return UrlSegments.encode(parameter.name()).replace("%24", "$")
        + "="
        + UrlSegments.encode(parameter.value());
  }
}
