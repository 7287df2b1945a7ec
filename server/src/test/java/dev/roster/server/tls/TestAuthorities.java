package dev.roster.server.tls;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Authorities that the server did not make. */
final class TestAuthorities {

  private TestAuthorities() {}

  /** A self-signed one of RSA that can vouch for every name, as deployers have them. */
  static KeyAndChain unconstrained(Instant now) throws Exception {
    return selfSigned(now, true);
  }

  /** A self-signed certificate that may not sign others. */
  static KeyAndChain noAuthority(Instant now) throws Exception {
    return selfSigned(now, false);
  }

  private static KeyAndChain selfSigned(Instant now, boolean authority) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    X500Principal name = new X500Principal("CN=Some team's authority");
    X509v3CertificateBuilder certificate =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(90))),
            name,
            keys.getPublic());
    certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    return new KeyAndChain(
        keys.getPrivate(),
        List.of(
            new JcaX509CertificateConverter()
                .getCertificate(
                    certificate.build(
                        new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())))));
  }
}
