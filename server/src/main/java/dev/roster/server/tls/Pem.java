package dev.roster.server.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEM, the text form of keys and certificates (RFC 7468). */
final class Pem {

  private static final int LINE = 64;
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private Pem() {}

  /** Writes one block. */
  static String block(String label, byte[] content) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + label
        + "-----\n"
        + encoder.encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /**
   * The contents of all blocks with a label; text around them is left out.
   *
   * @throws GeneralSecurityException if any block is not complete
   */
  static List<byte[]> blocks(String text, String label) throws GeneralSecurityException {
    List<byte[]> contents = new ArrayList<>();
    int complete = 0;
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      complete++;
      if (block.group(1).equals(label)) {
        contents.add(decode(block.group(2)));
      }
    }
    // Quarkus would refuse such a file with a stack trace.
    if (BEGIN.matcher(text).results().count() != complete) {
      throw new GeneralSecurityException("a PEM block in it is not complete");
    }
    return contents;
  }

  private static byte[] decode(String base64) throws GeneralSecurityException {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("a PEM block in it is not base64", e);
    }
  }
}
