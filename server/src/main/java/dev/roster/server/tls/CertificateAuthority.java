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
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
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
  private static final int SERIAL_BITS = 127;
  private static final int NAME_BYTES = 4;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyAndChain identity;

  /** The authority of this key and of the certificates that lead to its root. */
  CertificateAuthority(KeyAndChain identity) {
    this.identity = identity;
  }

  /**
   * Makes an authority that is like no other and that can vouch for these names only.
   *
   * <p>Clients trust the root, whose key nobody has any longer once it has certified the key that
   * issues certificates. That certificate carries the constraint, because Java does not apply the
   * constraints of a certificate that it trusts.
   */
  static CertificateAuthority make(SubjectNames names, Instant now)
      throws GeneralSecurityException, IOException {
    // Clients that trust several tell them apart by their names.
    byte[] random = new byte[NAME_BYTES];
    RANDOM.nextBytes(random);
    String name = "CN=Roster test authority " + HexFormat.of().formatHex(random);
    X500Principal subject = new X500Principal(name);
    KeyPair rootKeys = makeKeys();
    NameConstraints constraint = NameConstraint.of(names);
    X509Certificate root =
        certify(rootKeys.getPublic(), subject, rootKeys, subject, 1, constraint, now);
    KeyPair keys = makeKeys();
    X509Certificate issuing =
        certify(
            keys.getPublic(),
            new X500Principal(name + " issuer"),
            rootKeys,
            subject,
            0,
            constraint,
            now);
    return new CertificateAuthority(new KeyAndChain(keys.getPrivate(), List.of(issuing, root)));
  }

  /** The key that issues certificates, and the certificates from its own to the root. */
  KeyAndChain identity() {
    return identity;
  }

  /** What clients trust. */
  X509Certificate root() {
    List<X509Certificate> chain = identity.chain();
    return chain.get(chain.size() - 1);
  }

  /** Whether a certificate for all of these names would be accepted. */
  boolean permits(SubjectNames names) {
    return identity.chain().stream().allMatch(ca -> NameConstraint.permits(ca, names));
  }

  /** Makes a key and a certificate for a server. */
  KeyAndChain issue(SubjectNames names, Instant now) throws GeneralSecurityException, IOException {
    KeyPair keys = makeKeys();
    X509Certificate issuer = identity.certificate();
    Instant begin = begin(now);
    // The last second is part of the validity, and no certificate may outlive its issuer.
    Instant end = begin.plus(SERVER_VALIDITY).minusSeconds(1);
    Instant last = issuer.getNotAfter().toInstant();
    X509v3CertificateBuilder certificate =
        builder(
            issuer.getSubjectX500Principal(),
            begin,
            end.isBefore(last) ? end : last,
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
        .addExtension(Extension.authorityKeyIdentifier, false, identifier(issuer));
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(sign(certificate, identity.key()));
    // Clients have the root.
    identity.chain().stream().filter(ca -> !ca.equals(root())).forEach(chain::add);
    return new KeyAndChain(keys.getPrivate(), chain);
  }

  private static X509Certificate certify(
      PublicKey key,
      X500Principal subject,
      KeyPair issuerKeys,
      X500Principal issuer,
      int pathLength,
      NameConstraints constraint,
      Instant now)
      throws GeneralSecurityException, IOException {
    Instant begin = begin(now);
    Instant end = begin.atZone(ZoneOffset.UTC).plus(AUTHORITY_VALIDITY).toInstant();
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    X509v3CertificateBuilder certificate = builder(issuer, begin, end, subject, key);
    certificate
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength))
        .addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
        .addExtension(Extension.nameConstraints, true, constraint)
        .addExtension(
            Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            identifiers.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
    return sign(certificate, issuerKeys.getPrivate());
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

  /** The identifier that the issuer has, which another program may have chosen in its own way. */
  private static AuthorityKeyIdentifier identifier(X509Certificate issuer)
      throws GeneralSecurityException, IOException {
    SubjectKeyIdentifier given =
        SubjectKeyIdentifier.fromExtensions(new JcaX509CertificateHolder(issuer).getExtensions());
    return given == null
        ? new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getPublicKey())
        : new AuthorityKeyIdentifier(given.getKeyIdentifier());
  }

  private static String signature(PrivateKey key) {
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
  }

  private static X509Certificate sign(X509v3CertificateBuilder certificate, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              certificate.build(new JcaContentSignerBuilder(signature(key)).build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
