package dev.roster.server.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.odata.SelectList;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Shows pools as the service does: what their creator sent, and what the service knows of them. */
@Singleton
class PoolMapper {

  private final BatchUrls urls;
  private final ObjectMapper json;

  @Inject
  PoolMapper(BatchUrls urls, ObjectMapper json) {
    this.urls = urls;
    this.json = json;
  }

  static String state(Pool pool) {
    return pool.isDeleting() ? "deleting" : "active";
  }

  static String allocationState(Pool pool, Instant now) {
    return pool.isSteady(now) ? "steady" : "resizing";
  }

  static Instant stateSince(Pool pool) {
    return pool.isDeleting() ? pool.deletedAt : pool.createdAt;
  }

  static Instant allocationStateSince(Pool pool, Instant now) {
    return pool.isSteady(now) ? pool.steadyAt : pool.createdAt;
  }

  /** Shows the selected properties of a pool. */
  ObjectNode toModel(PoolService.Sight sight, SelectList select) {
    Pool pool = sight.pool();
    Instant now = sight.now();
    boolean steady = pool.isSteady(now);
    ObjectNode model = json.createObjectNode();
    model.put("id", pool.id);
    model.put("url", urls.pool(pool.id));
    model.put("eTag", pool.entityTag());
    model.put("lastModified", BatchTime.trimmed(pool.modifiedAt));
    model.put("creationTime", BatchTime.trimmed(pool.createdAt));
    model.put("state", state(pool));
    model.put("stateTransitionTime", BatchTime.trimmed(stateSince(pool)));
    model.put("allocationState", allocationState(pool, now));
    model.put("allocationStateTransitionTime", BatchTime.trimmed(allocationStateSince(pool, now)));
    model.setAll(definition(pool));
    model.put("currentDedicatedNodes", steady ? pool.dedicatedNodes : 0);
    model.put("currentLowPriorityNodes", steady ? pool.lowPriorityNodes : 0);
    if (!model.has("certificateReferences")) {
      model.putArray("certificateReferences");
    }
    model.properties().removeIf(member -> !select.includes(member.getKey()));
    return model;
  }

  /** What the creator of a pool sent. */
  ObjectNode definition(Pool pool) {
    return pool.definition(json);
  }
}
