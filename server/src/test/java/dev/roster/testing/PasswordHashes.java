package dev.roster.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What the server keeps of passwords. */
public final class PasswordHashes {

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)", Pattern.DOTALL);

  private PasswordHashes() {}

  /** Whether a stored text is the Argon2id hash of exactly this password. */
  public static boolean isHashOf(String phc, String password) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new AssertionError("No Argon2id hash: " + phc);
    }
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(Integer.parseInt(parts.group(1)))
            .withIterations(Integer.parseInt(parts.group(2)))
            .withParallelism(Integer.parseInt(parts.group(3)))
            .withSalt(Base64.getDecoder().decode(parts.group(4)))
            .build());
    byte[] stored = Base64.getDecoder().decode(parts.group(5));
    byte[] computed = new byte[stored.length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), computed);
    return MessageDigest.isEqual(stored, computed);
  }
}
