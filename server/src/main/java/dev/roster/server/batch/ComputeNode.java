package dev.roster.server.batch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/**
 * A node of a pool.
 *
 * <p>Its state at a time follows from the times of its last phase, so that nothing has to move it.
 */
@Entity
@Table(name = "batch_compute_node")
@IdClass(ComputeNode.Key.class)
class ComputeNode {

  /** Identifies a node within a space. */
  record Key(String poolKey, String id) {}

  @Id
  @Column(name = "pool_key")
  String poolKey;

  @Id String id;

  @TenantId @PartitionKey String space;

  /** Its number in the pool, from 0. */
  int ordinal;

  boolean dedicated;

  boolean windows;

  @Enumerated(EnumType.STRING)
  NodeState phase;

  @Column(name = "phase_started_at")
  Instant phaseStartedAt;

  @Column(name = "phase_ends_at")
  Instant phaseEndsAt;

  @Column(name = "operational_at")
  Instant operationalAt;

  /** When it last booted before its present phase; null if it never had. */
  @Column(name = "booted_at")
  Instant bootedAt;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "scheduling_enabled")
  boolean schedulingEnabled = true;

  @Column(name = "scheduling_changed_at")
  Instant schedulingChangedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "pinned_state")
  NodeState pinnedState;

  @Column(name = "pinned_at")
  Instant pinnedAt;

  /**
   * Sends the node through a phase, which ends a state that was pinned.
   *
   * @param length of the phase itself
   * @param starting how long the node starts after it
   */
  void enter(NodeState phase, Instant now, Duration length, Duration starting) {
    if (operationalAt != null && !now.isBefore(operationalAt)) {
      bootedAt = operationalAt;
    }
    this.phase = phase;
    this.pinnedState = null;
    this.pinnedAt = null;
    this.phaseStartedAt = now;
    this.phaseEndsAt = now.plus(length);
    this.operationalAt = phaseEndsAt.plus(starting);
  }

  /** Gives the node a state that holds until it is taken back. */
  void pin(NodeState state, Instant now) {
    pinnedState = state;
    pinnedAt = now;
  }

  NodeState stateAt(Instant now) {
    if (pinnedState != null) {
      return pinnedState;
    }
    if (now.isBefore(phaseEndsAt)) {
      return phase;
    }
    if (now.isBefore(operationalAt)) {
      return NodeState.STARTING;
    }
    return schedulingEnabled ? NodeState.IDLE : NodeState.OFFLINE;
  }

  /** When the node last booted; empty while it is created or starts. */
  Optional<Instant> lastBootAt(Instant now) {
    NodeState state = stateAt(now);
    if (state == NodeState.CREATING || state == NodeState.STARTING) {
      return Optional.empty();
    }
    return Optional.ofNullable(now.isBefore(operationalAt) ? bootedAt : operationalAt);
  }

  /** When the node came into the state that it has at a time. */
  Instant stateSince(Instant now) {
    if (pinnedState != null) {
      return pinnedAt;
    }
    if (now.isBefore(phaseEndsAt)) {
      return phaseStartedAt;
    }
    if (now.isBefore(operationalAt)) {
      return phaseEndsAt;
    }
    return schedulingChangedAt.isAfter(operationalAt) ? schedulingChangedAt : operationalAt;
  }
}
