package dev.roster.server.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding for path segments and query values, where a blank is never a plus. */
public final class UrlSegments {

  private UrlSegments() {}

  /** Encodes a text so that it is one segment of a path, whatever it contains. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A segment without its escapes; a plus sign is a plus sign in a path. */
  public static String decode(String segment) {
    return segment.indexOf('%') < 0
        ? segment
        : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
