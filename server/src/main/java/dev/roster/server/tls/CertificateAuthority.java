package dev.roster.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Issues certificates (RFC 5280). Keys are EC P-256, which everything since Java 7 takes and which
 * costs little to make.
 */
final class CertificateAuthority {

  /** Of a server's certificate; Apple's clients take no more than 398 days. */
  static final Duration SERVER_VALIDITY = Duration.ofDays(397);

  /** Of the authority's own. */
  static final Period AUTHORITY_VALIDITY = Period.ofYears(10);

  /** Certificates begin earlier than now, for clients whose clocks are late. */
  private static final Duration EARLIER = Duration.ofDays(1);

  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 127;
  private static final int NAME_BYTES = 4;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyAndChain identity;

  /** The authority of this key and certificate. */
  CertificateAuthority(KeyAndChain identity) {
    this.identity = identity;
  }

  /** Makes an authority that is like no other. */
  static CertificateAuthority make(Instant now) throws GeneralSecurityException, IOException {
    // Clients that trust several tell them apart by their names.
    byte[] name = new byte[NAME_BYTES];
    RANDOM.nextBytes(name);
    X500Principal subject =
        new X500Principal("CN=Roster test authority " + HexFormat.of().formatHex(name));
    return certified(makeKeys(), subject, now);
  }

  /** Key and certificate. */
  KeyAndChain identity() {
    return identity;
  }

  /**
   * The same authority with a later end. Its name and its key stay, so that its old certificate and
   * the new one both vouch for what either has issued.
   */
  CertificateAuthority renew(Instant now) throws GeneralSecurityException, IOException {
    X509Certificate old = identity.certificate();
    return certified(
        new KeyPair(old.getPublicKey(), identity.key()), old.getSubjectX500Principal(), now);
  }

  /** Makes a key and a certificate for a server. */
  KeyAndChain issue(SubjectNames names, Instant now) throws GeneralSecurityException, IOException {
    KeyPair keys = makeKeys();
    X509Certificate issuer = identity.certificate();
    Instant begin = begin(now);
    X509v3CertificateBuilder certificate =
        builder(
            issuer.getSubjectX500Principal(),
            begin,
            // The last second is part of the validity.
            begin.plus(SERVER_VALIDITY).minusSeconds(1),
            new X500Principal("CN=localhost"),
            keys.getPublic());
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    certificate
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, generalNames(names))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            identifiers.createSubjectKeyIdentifier(keys.getPublic()))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            identifiers.createAuthorityKeyIdentifier(issuer.getPublicKey()));
    return new KeyAndChain(keys.getPrivate(), List.of(sign(certificate, identity.key())));
  }

  private static CertificateAuthority certified(KeyPair keys, X500Principal subject, Instant now)
      throws GeneralSecurityException, IOException {
    Instant begin = begin(now);
    Instant end = begin.atZone(ZoneOffset.UTC).plus(AUTHORITY_VALIDITY).toInstant();
    X509v3CertificateBuilder certificate = builder(subject, begin, end, subject, keys.getPublic());
    certificate
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
        .addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    return new CertificateAuthority(
        new KeyAndChain(keys.getPrivate(), List.of(sign(certificate, keys.getPrivate()))));
  }

  private static Instant begin(Instant now) {
    // Certificates count whole seconds.
    return now.minus(EARLIER).truncatedTo(ChronoUnit.SECONDS);
  }

  private static KeyPair makeKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(CURVE), RANDOM);
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder builder(
      X500Principal issuer, Instant begin, Instant end, X500Principal subject, PublicKey key) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1),
        Date.from(begin),
        Date.from(end),
        subject,
        key);
  }

  private static GeneralNames generalNames(SubjectNames names) {
    List<GeneralName> all = new ArrayList<>();
    names.dns().forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
    names.addresses().forEach(name -> all.add(new GeneralName(GeneralName.iPAddress, name)));
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }

  private static X509Certificate sign(X509v3CertificateBuilder certificate, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(certificate.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
