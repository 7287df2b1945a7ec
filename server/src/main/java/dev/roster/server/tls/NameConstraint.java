package dev.roster.server.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/** The names that an authority can vouch for (RFC 5280, section 4.2.1.10). */
final class NameConstraint {

  /** A DNS name includes the names below it, such as {@code roster.localhost}. */
  private static final GeneralName LOCAL_NAMES = new GeneralName(GeneralName.dNSName, "localhost");

  private static final GeneralName LOOPBACK_4 =
      new GeneralName(GeneralName.iPAddress, "127.0.0.0/8");
  private static final GeneralName LOOPBACK_6 = new GeneralName(GeneralName.iPAddress, "::1/128");

  private NameConstraint() {}

  /** Permits every name of the machine itself, and these. */
  static NameConstraints of(SubjectNames names) {
    List<GeneralName> permitted = new ArrayList<>(List.of(LOCAL_NAMES, LOOPBACK_4, LOOPBACK_6));
    for (String name : names.dns()) {
      if (!isLocal(name)) {
        permitted.add(new GeneralName(GeneralName.dNSName, withoutWildcard(name)));
      }
    }
    for (String address : names.addresses()) {
      String prefix = address.contains(":") ? "/128" : "/32";
      permitted.add(new GeneralName(GeneralName.iPAddress, address + prefix));
    }
    return new NameConstraints(
        permitted.stream().map(GeneralSubtree::new).toArray(GeneralSubtree[]::new), null);
  }

  /** Whether the constraints of an authority, if it has any, let it vouch for all of these. */
  static boolean permits(X509Certificate authority, SubjectNames names) {
    byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
    if (extension == null) {
      return true;
    }
    NameConstraints constraints =
        NameConstraints.getInstance(ASN1OctetString.getInstance(extension).getOctets());
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    if (constraints.getPermittedSubtrees() != null) {
      validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
    }
    if (constraints.getExcludedSubtrees() != null) {
      for (GeneralSubtree excluded : constraints.getExcludedSubtrees()) {
        validator.addExcludedSubtree(excluded);
      }
    }
    try {
      for (String name : names.dns()) {
        check(validator, new GeneralName(GeneralName.dNSName, name));
      }
      for (String address : names.addresses()) {
        check(validator, new GeneralName(GeneralName.iPAddress, address));
      }
      return true;
    } catch (NameConstraintValidatorException e) {
      return false;
    }
  }

  private static void check(PKIXNameConstraintValidator validator, GeneralName name)
      throws NameConstraintValidatorException {
    validator.checkPermitted(name);
    validator.checkExcluded(name);
  }

  private static boolean isLocal(String name) {
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  private static String withoutWildcard(String name) {
    return name.startsWith("*.") ? name.substring(2) : name;
  }
}
