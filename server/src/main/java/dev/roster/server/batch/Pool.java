package dev.roster.server.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** A pool of compute nodes. */
@Entity
@Table(name = "batch_pool")
class Pool {

  @Id
  @Column(name = "pool_key")
  String key;

  @TenantId @PartitionKey String space;

  /** The id in the case that its creator chose. */
  String id;

  /** What the creator sent, as JSON. */
  String definition;

  boolean windows;

  /** Whether it was made with cloudServiceConfiguration, else with virtualMachineConfiguration. */
  @Column(name = "cloud_service")
  boolean cloudService;

  @Column(name = "dedicated_nodes")
  int dedicatedNodes;

  @Column(name = "low_priority_nodes")
  int lowPriorityNodes;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "modified_at")
  Instant modifiedAt;

  @Column(name = "steady_at")
  Instant steadyAt;

  @Column(name = "deleted_at")
  Instant deletedAt;

  @Column(name = "gone_at")
  Instant goneAt;

  /** The parsed definition, once somebody asked for it. */
  @Transient private ObjectNode parsedDefinition;

  /** Ids are unique, and found, whatever their case. */
  static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  /** What the creator sent, not to be changed; parsed once. */
  ObjectNode definition(ObjectMapper json) {
    if (parsedDefinition == null) {
      try {
        parsedDefinition = (ObjectNode) json.readTree(definition);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
    return parsedDefinition;
  }

  /** Whether its deletion is not over. */
  boolean existsAt(Instant now) {
    return goneAt == null || now.isBefore(goneAt);
  }

  boolean isDeleting() {
    return deletedAt != null;
  }

  boolean isSteady(Instant now) {
    return !now.isBefore(steadyAt);
  }

  /** Changes with every modification; the service writes it without quotes. */
  String entityTag() {
    return DotNetTicks.of(modifiedAt).toHex();
  }
}
