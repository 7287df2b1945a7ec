package dev.roster.server.batch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with the key of the sample account. */
public final class DevelopmentKey {

  private static final String ACCOUNT = "devbatch";
  private static final byte[] KEY =
      "foobarbazkeyfoobarbazkey0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private DevelopmentKey() {}

  /**
   * The Authorization of a request that has no query but the api-version.
   *
   * @param body empty without
   * @param contentType empty without
   */
  public static String sign(
      String method, String path, String body, String contentType, String ocpDate) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String text =
        method
            + "\n\n\n"
            + (length == 0 ? "" : length)
            + "\n\n"
            + contentType
            + "\n\n\n\n\n\n\nocp-date:"
            + ocpDate
            + "\n/"
            + ACCOUNT
            + path
            + "\n"
            + BatchWorld.VERSION.replace('=', ':');
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      return "SharedKey "
          + ACCOUNT
          + ":"
          + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
