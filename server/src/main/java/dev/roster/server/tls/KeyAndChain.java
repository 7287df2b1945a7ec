package dev.roster.server.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A private key with its certificate and those that lead to its authority.
 *
 * <p>As PEM both go into one text, so that one file has to be replaced and the two never part. No
 * record, because those would print the key.
 */
final class KeyAndChain {

  private static final String KEY = "PRIVATE KEY";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final byte[] PROOF = {1};

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  /** Puts the two together; {@link #isPair} tells whether they belong together. */
  KeyAndChain(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /**
   * Reads the PEM text of {@link #toPem}.
   *
   * @throws GeneralSecurityException saying what is wrong with it, without quoting it
   */
  static KeyAndChain parse(String pem) throws GeneralSecurityException {
    KeyAndChain read = new KeyAndChain(privateKey(pem), certificates(pem));
    if (!read.isPair()) {
      throw new InvalidKeyException("the key is not the certificate's");
    }
    return read;
  }

  /**
   * The first private key of a PEM text: PKCS8, not encrypted, RSA or EC.
   *
   * @throws GeneralSecurityException if there is none
   */
  static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    List<byte[]> keys = Pem.blocks(pem, KEY);
    if (keys.isEmpty()) {
      throw new InvalidKeyException("there is no private key in it");
    }
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(keys.get(0));
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException e) {
        // the other one, perhaps
      }
    }
    throw new InvalidKeyException("the private key cannot be read");
  }

  /**
   * All certificates of a PEM text, in its order.
   *
   * @throws GeneralSecurityException if there are none, or one of them cannot be read
   */
  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] block : Pem.blocks(pem, CERTIFICATE)) {
      try {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
      } catch (CertificateException e) {
        throw new CertificateException("a certificate cannot be read", e);
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return certificates;
  }

  /** One certificate as PEM text. */
  static String toPem(X509Certificate certificate) throws GeneralSecurityException {
    return Pem.block(CERTIFICATE, certificate.getEncoded());
  }

  /** The private key. */
  PrivateKey key() {
    return key;
  }

  /** The certificate that the key belongs to. */
  X509Certificate certificate() {
    return chain.get(0);
  }

  /** The certificate that the key belongs to, and those that lead to its authority. */
  List<X509Certificate> chain() {
    return chain;
  }

  /**
   * Checks that each certificate was signed with the key of the next.
   *
   * @throws GeneralSecurityException if one was not
   */
  void verifyChain() throws GeneralSecurityException {
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate issuer = chain.get(Math.min(i + 1, chain.size() - 1));
      if (i + 1 < chain.size()
          || issuer.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
        chain.get(i).verify(issuer.getPublicKey());
      }
    }
  }

  /** Whether the certificate is of this key. */
  boolean isPair() {
    try {
      String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROOF);
      byte[] signed = signature.sign();
      // Not the certificate itself: its key usage may forbid what this is not about.
      signature.initVerify(certificate().getPublicKey());
      signature.update(PROOF);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Key and chain as one PEM text: a secret. */
  String toPem() throws GeneralSecurityException {
    StringBuilder pem = new StringBuilder(Pem.block(KEY, key.getEncoded()));
    for (X509Certificate certificate : chain) {
      pem.append(toPem(certificate));
    }
    return pem.toString();
  }
}
