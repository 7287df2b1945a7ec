package dev.roster.server.batch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** An account on a node. Nothing of its password is kept but a hash. */
@Entity
@Table(name = "batch_compute_node_user")
@IdClass(ComputeNodeUser.Key.class)
class ComputeNodeUser {

  /** Identifies an account within a space. */
  record Key(String poolKey, String nodeId, String nameKey) {}

  @Id
  @Column(name = "pool_key")
  String poolKey;

  @Id
  @Column(name = "node_id")
  String nodeId;

  @Id
  @Column(name = "name_key")
  String nameKey;

  @TenantId @PartitionKey String space;

  String name;

  boolean windows;

  boolean admin;

  @Column(name = "password_hash")
  String passwordHash;

  @Column(name = "ssh_public_key")
  String sshPublicKey;

  @Column(name = "expires_at")
  Instant expiresAt;

  /** When the account stops working: on Linux nodes the end of the day of {@link #expiresAt}. */
  @Column(name = "effective_expires_at")
  Instant effectiveExpiresAt;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  /** Makes an account that is not stored yet. */
  static ComputeNodeUser of(
      ComputeNode node, String name, boolean admin, AccountSettings settings, Instant now) {
    ComputeNodeUser user = new ComputeNodeUser();
    user.poolKey = node.poolKey;
    user.nodeId = node.id;
    user.nameKey = nameKey(name, node.windows);
    user.name = name;
    user.windows = node.windows;
    user.admin = admin;
    user.passwordHash = settings.passwordHash();
    user.sshPublicKey = settings.sshPublicKey();
    user.expiresAt = settings.expiresAt();
    user.effectiveExpiresAt =
        node.windows ? settings.expiresAt() : BatchTime.endOfDay(settings.expiresAt());
    user.createdAt = now;
    user.updatedAt = now;
    return user;
  }

  /** Windows does not tell the case of account names apart, Linux does. */
  static String nameKey(String name, boolean windows) {
    return windows ? name.toLowerCase(Locale.ROOT) : name;
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(effectiveExpiresAt);
  }
}
