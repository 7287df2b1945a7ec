package dev.roster.testing;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Bearer tokens that no server takes in the strict mode; each has one fault. */
public enum FaultyToken {
  /** Its end is past. */
  EXPIRED {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(
          claims(audience, now.minus(Duration.ofHours(2)))
              .expirationTime(Date.from(now.minus(Duration.ofHours(1))))
              .build());
    }
  },

  /** Its time begins later. */
  NOT_YET_VALID {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(
          claims(audience, now).notBeforeTime(Date.from(now.plus(Duration.ofMinutes(30)))).build());
    }
  },

  /** It has no end. */
  ENDLESS {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(claims(audience, now).expirationTime(null).build());
    }
  },

  /** Its end is there and null. */
  NULL_END {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(
          claims(audience, now).expirationTime(null).serializeNullClaims(true).build());
    }
  },

  /** It is of another issuer, who has the same key. */
  WRONG_ISSUER {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(
          claims(audience, now).issuer(TokenIssuer.NAME.replaceAll("/$", "")).build());
    }
  },

  /** It names no issuer. */
  WITHOUT_ISSUER {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(claims(audience, now).issuer(null).build());
    }
  },

  /** It is meant for others. */
  WRONG_AUDIENCE {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(
          claims(audience, now)
              .audience(List.of(audience + "/x", "https://graph.microsoft.com/"))
              .build());
    }
  },

  /** It does not say whom it is meant for. */
  WITHOUT_AUDIENCE {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(claims(audience, now).audience((String) null).build());
    }
  },

  /** It names the issuer's key and is signed with another. */
  WRONG_KEY {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return TokenIssuer.withNewKey(issuer.key().getKeyID()).token(audience, now);
    }
  },

  /** It names a key that the issuer does not have, and is signed with that. */
  UNKNOWN_KEY {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return TokenIssuer.withNewKey("unknown").token(audience, now);
    }
  },

  /** It names no key, and brings the one that it is signed with. */
  OWN_KEY {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      TokenIssuer other = TokenIssuer.withNewKey("own");
      return other.sign(
          new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(other.key().toPublicJWK()).build(),
          claims(audience, now).build());
    }
  },

  /** It is not signed and says so. */
  ALGORITHM_NONE {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return new PlainJWT(claims(audience, now).build()).serialize();
    }
  },

  /** The public key, which everybody has, is taken for the secret of an HMAC. */
  PUBLIC_KEY_AS_SECRET {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      try {
        byte[] secret = issuer.key().toPublicKey().getEncoded();
        return TokenIssuer.sign(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key().getKeyID()).build(),
            claims(audience, now).build(),
            new OctetSequenceKey.Builder(secret).build());
      } catch (JOSEException e) {
        throw new AssertionError(e);
      }
    }
  },

  /** Its claims have been changed. */
  TAMPERED_CLAIMS {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      List<String> parts = parts(issuer.token(audience, now));
      String claims = new Base64URL(parts.get(1)).decodeToString();
      return String.join(
          ".",
          parts.get(0),
          Base64URL.encode(claims.replace("\"subject\"", "\"another\"")).toString(),
          parts.get(2));
    }
  },

  /** Its signature has been changed. */
  TAMPERED_SIGNATURE {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      List<String> parts = parts(issuer.token(audience, now));
      byte[] signature = new Base64URL(parts.get(2)).decode();
      signature[signature.length / 2] ^= 1;
      return String.join(".", parts.get(0), parts.get(1), Base64URL.encode(signature).toString());
    }
  },

  /** Its signature has been left out. */
  WITHOUT_SIGNATURE {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      String token = issuer.token(audience, now);
      return token.substring(0, token.lastIndexOf('.') + 1);
    }
  },

  /** It is good but for its length. */
  OVERSIZED {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(claims(audience, now).claim("groups", "g".repeat(12_000)).build());
    }
  },

  /** It is encrypted for the one who has the issuer's key. */
  ENCRYPTED {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      EncryptedJWT token =
          new EncryptedJWT(
              new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                  .keyID(issuer.key().getKeyID())
                  .build(),
              claims(audience, now).build());
      try {
        token.encrypt(new RSAEncrypter(issuer.key()));
      } catch (JOSEException e) {
        throw new AssertionError(e);
      }
      return token.serialize();
    }
  },

  /** It is a signed text of another kind. */
  WRONG_TYPE {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(
          issuer.header().type(new JOSEObjectType("logout+jwt")).build(),
          claims(audience, now).build());
    }
  },

  /** It demands that something is understood that nobody knows. */
  CRITICAL_HEADER {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(
          issuer.header().criticalParams(Set.of("exotic")).customParam("exotic", true).build(),
          claims(audience, now).build());
    }
  },

  /** It lists no header that has to be understood, which RFC 7515 forbids. */
  EMPTY_CRITICAL_HEADER {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign("{\"alg\":\"RS256\",\"crit\":[]}", claims(audience, now).build());
    }
  },

  /** Its claims are not encoded, which RFC 7797 forbids for a JWT. */
  UNENCODED_CLAIMS {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return issuer.sign(
          issuer.header().base64URLEncodePayload(false).criticalParams(Set.of("b64")).build(),
          claims(audience, now).build());
    }
  },

  /** It is no JWT. */
  NO_TOKEN {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      return "anything-that-the-lenient-mode-takes";
    }
  },

  /** It has the form of a JWT, and its parts are null. */
  THREE_NULLS {
    @Override
    public String of(TokenIssuer issuer, String audience, Instant now) {
      String part = Base64URL.encode("null".getBytes(StandardCharsets.UTF_8)).toString();
      return String.join(".", part, part, part);
    }
  };

  /**
   * Makes the token.
   *
   * @param issuer who is trusted
   * @param audience for whom tokens are taken
   */
  public abstract String of(TokenIssuer issuer, String audience, Instant now);

  private static JWTClaimsSet.Builder claims(String audience, Instant now) {
    return TokenIssuer.claims(audience, now);
  }

  private static List<String> parts(String token) {
    return List.of(token.split("\\.", -1));
  }
}
