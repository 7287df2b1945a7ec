package dev.roster.server.http;

import java.util.Locale;

/** Tells media types apart, whatever their parameters. */
public final class MediaTypes {

  private MediaTypes() {}

  /** Whether the value of a Content-Type header is JSON's. */
  public static boolean isJson(String contentType) {
    return withoutParameters(contentType).equals("application/json");
  }

  /** The type and subtype of a header's value, in lower case. */
  public static String withoutParameters(String contentType) {
    int semicolon = contentType.indexOf(';');
    String mediaType = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return mediaType.strip().toLowerCase(Locale.ROOT);
  }
}
