package dev.roster.server.batch;

import dev.roster.server.http.ApiRequest;
import dev.roster.server.http.ApiRequest.QueryParameter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signature that a client may have made over a request.
 *
 * <p>The vendor's clients differ in the length that they sign for an empty body, in the case of the
 * account and in the case of query names; a request is good if any of these readings matches.
 */
final class SharedKeySignature {

  private static final String ALGORITHM = "HmacSHA256";

  // The signed headers in the order of the documentation, around the length and the date.
  private static final List<String> BEFORE_LENGTH = List.of("Content-Encoding", "Content-Language");

  private static final List<String> AFTER_LENGTH = List.of("Content-MD5", "Content-Type");

  private static final List<String> CONDITIONS =
      List.of("If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range");

  private final String stringToSign;

  private SharedKeySignature(String stringToSign) {
    this.stringToSign = stringToSign;
  }

  /** All readings of a request, the documented one first; made only as far as they are read. */
  static Stream<SharedKeySignature> candidates(ApiRequest request, String account) {
    String asSent = request.header("Content-Length").orElse("");
    Stream<String> lengths =
        request.hasBody() ? Stream.of(asSent) : Stream.of(asSent, "", "0").distinct();
    return lengths.flatMap(
        length ->
            Stream.of(account, account.toLowerCase(Locale.ROOT))
                .distinct()
                .flatMap(
                    name ->
                        Stream.of(true, false)
                            .map(lowerCaseNames -> resource(request, name, lowerCaseNames)))
                .map(resource -> new SharedKeySignature(headers(request, length) + resource)));
  }

  /** The reading that the documentation describes. */
  static SharedKeySignature documented(ApiRequest request, String account) {
    return candidates(request, account).findFirst().orElseThrow();
  }

  /** The text that is signed. */
  String stringToSign() {
    return stringToSign;
  }

  /** Compares in constant time. */
  boolean matches(byte[] signature, byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return MessageDigest.isEqual(
          mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8)), signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  private static String headers(ApiRequest request, String contentLength) {
    StringBuilder text = new StringBuilder(request.method()).append('\n');
    BEFORE_LENGTH.forEach(name -> appendHeader(text, request, name));
    text.append(contentLength).append('\n');
    AFTER_LENGTH.forEach(name -> appendHeader(text, request, name));
    // With ocp-date the Date line stays empty, whatever Date says.
    text.append(request.header("ocp-date").isPresent() ? "" : request.header("Date").orElse(""))
        .append('\n');
    CONDITIONS.forEach(name -> appendHeader(text, request, name));
    request
        .headers()
        .filter(header -> header.getKey().startsWith("ocp-"))
        .forEach(
            header ->
                text.append(header.getKey())
                    .append(':')
                    .append(header.getValue().stripLeading())
                    .append('\n'));
    return text.toString();
  }

  private static void appendHeader(StringBuilder text, ApiRequest request, String name) {
    text.append(request.header(name).orElse("")).append('\n');
  }

  private static String resource(ApiRequest request, String account, boolean lowerCaseNames) {
    return request.query().stream()
        .map(
            parameter ->
                lowerCaseNames
                    ? new QueryParameter(
                        parameter.name().toLowerCase(Locale.ROOT), parameter.value())
                    : parameter)
        .sorted(Comparator.comparing(parameter -> parameter.name().toLowerCase(Locale.ROOT)))
        .map(parameter -> "\n" + parameter.name() + ":" + parameter.value())
        .collect(Collectors.joining("", "/" + account + request.rawPath(), ""));
  }
}
