package dev.roster.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An issuer of bearer tokens, with one key of RSA. */
public final class TokenIssuer {

  /** What its tokens have as {@code iss}. */
  public static final String NAME = "https://issuer.example.test/";

  /** How long its tokens live. */
  public static final Duration LIFE = Duration.ofHours(1);

  private final RSAKey key;

  private TokenIssuer(RSAKey key) {
    this.key = key;
  }

  /** An issuer with a new key. */
  public static TokenIssuer withNewKey(String keyId) {
    try {
      return new TokenIssuer(
          new RSAKeyGenerator(RSAKeyGenerator.MIN_KEY_SIZE_BITS).keyID(keyId).generate());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The issuer that was saved in a file. */
  public static TokenIssuer saved(Path file) {
    try {
      return new TokenIssuer(RSAKey.parse(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** Saves it with its private key. */
  public void save(Path file) {
    write(file, key.toJSONString());
  }

  /** Puts the public keys of issuers into a file, and nothing else. */
  public static void publish(Path file, TokenIssuer... issuers) {
    write(file, jwkSet(issuers));
  }

  /** The public keys of issuers. */
  public static String jwkSet(TokenIssuer... issuers) {
    List<JWK> keys = List.of(issuers).stream().map(issuer -> (JWK) issuer.key).toList();
    return new JWKSet(keys).toString(true);
  }

  /** Its key, without the private part. */
  public RSAKey publicKey() {
    return key.toPublicJWK();
  }

  /** Its key, with the private part. */
  RSAKey key() {
    return key;
  }

  /** What a good token says. */
  public static JWTClaimsSet.Builder claims(String audience, Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience(audience)
        .subject("subject")
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFE)));
  }

  /** A good token. */
  public String token(String audience, Instant now) {
    return sign(claims(audience, now).build());
  }

  /** A token with this key's id. */
  public String sign(JWTClaimsSet claims) {
    return sign(header().build(), claims);
  }

  /** A token with a header of the test's. */
  public String sign(JWSHeader header, JWTClaimsSet claims) {
    return sign(header, claims, key);
  }

  /** A token that is signed with any key. */
  public static String sign(JWSHeader header, JWTClaimsSet claims, JWK key) {
    try {
      JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A token with claims as no library writes them. */
  public String sign(String claims) {
    try {
      JWSObject token = new JWSObject(header().build(), new Payload(claims));
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A token with a header as no library writes it. */
  public String sign(String header, JWTClaimsSet claims) {
    Base64URL head = Base64URL.encode(header);
    Base64URL body = Base64URL.encode(claims.toString());
    byte[] signed = (head + "." + body).getBytes(StandardCharsets.US_ASCII);
    try {
      return head + "." + body + "." + new RSASSASigner(key).sign(header().build(), signed);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The header of a good token. */
  public JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
