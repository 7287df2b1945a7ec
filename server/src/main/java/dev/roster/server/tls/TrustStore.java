package dev.roster.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;

/** The authority's certificate as a PKCS12 file that {@code javax.net.ssl.trustStore} takes. */
public final class TrustStore {

  /** Public: the file protects nothing, it only has to have one. */
  public static final String PASSWORD = "changeit";

  private static final String ALIAS = "roster";

  /** Oracle's mark of a certificate that is trusted for a purpose; Java ignores those without. */
  private static final ASN1ObjectIdentifier TRUSTED_KEY_USAGE =
      new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

  private TrustStore() {}

  /**
   * Makes the file's content.
   *
   * <p>Not with Java's own key store: since 2021 that encrypts as Java 8 could not read before its
   * update 301. Here nothing is encrypted, so that Java reads it even without the password.
   */
  static byte[] of(X509Certificate authority) throws IOException, GeneralSecurityException {
    try {
      PKCS12SafeBagBuilder certificate = new JcaPKCS12SafeBagBuilder(authority);
      certificate.addBagAttribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString(ALIAS));
      certificate.addBagAttribute(TRUSTED_KEY_USAGE, KeyPurposeId.anyExtendedKeyUsage);
      return new PKCS12PfxPduBuilder()
          .addData(certificate.build())
          .build(new BcPKCS12MacCalculatorBuilder(), PASSWORD.toCharArray())
          .getEncoded();
    } catch (PKCSException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** Whether a file is there, undamaged, and trusts this authority and no other. */
  static boolean holds(Path file, X509Certificate authority) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD.toCharArray());
      return store.size() == 1 && authority.equals(store.getCertificate(ALIAS));
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }
}
