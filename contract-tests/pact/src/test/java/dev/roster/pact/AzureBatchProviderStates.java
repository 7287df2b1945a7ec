package dev.roster.pact;

/**
 * The {@link ProviderStates} of Azure Batch.
 *
 * <p>All of them are about the pool, the node and the user of the documentation's samples.
 */
public final class AzureBatchProviderStates {

  /** Id of the pool. */
  public static final String POOL_ID = "poolId";

  /** Id of its first node. */
  public static final String NODE_ID = "tvm-1695681911_1-20161121t182739z";

  /** Name of the user. */
  public static final String USER_NAME = "userName";

  /** Nothing at all. */
  public static final String NO_POOL = "no pool";

  /** The pool, but no node in it. */
  public static final String POOL_WITHOUT_NODES = "a pool without nodes";

  /** An idle Linux node without users, first of its pool. */
  public static final String NODE_WITHOUT_USERS = "an idle Linux node without users";

  /** An idle Linux node with the user; gives the {@link ProviderStates#ENTITY_TAG} of the pool. */
  public static final String NODE_WITH_USER = "an idle Linux node with the user";

  /** Two idle Linux nodes in one pool. */
  public static final String TWO_NODES = "two idle Linux nodes in one pool";

  /** An idle node of Windows virtual machines, with the user. */
  public static final String WINDOWS_NODE = "an idle Windows node with the user";

  /** An idle node of a cloud-service pool. */
  public static final String CLOUD_SERVICE_NODE = "an idle node of a cloud-service pool";

  /** A node of a cloud-service pool out of scheduling, with the user. */
  public static final String NODE_OFFLINE = "a node out of scheduling with the user";

  /** A node of a cloud-service pool whose start task failed, with the user. */
  public static final String NODE_START_TASK_FAILED =
      "a node whose start task failed with the user";

  /** A node of a cloud-service pool still being created, with the user. */
  public static final String NODE_CREATING = "a node being created with the user";

  /** A node of a cloud-service pool starting, with the user. */
  public static final String NODE_STARTING = "a node being started with the user";

  /** A node of a cloud-service pool rebooting, with the user. */
  public static final String NODE_REBOOTING = "a node being rebooted with the user";

  /** A node of a cloud-service pool being reimaged, with the user. */
  public static final String NODE_REIMAGING = "a node being reimaged with the user";

  /** A node of a cloud-service pool unusable, with the user. */
  public static final String NODE_UNUSABLE = "an unusable node with the user";

  /** A node with the user, in a cloud-service pool that is being deleted. */
  public static final String POOL_DELETING = "a pool being deleted with a node and the user";

  private AzureBatchProviderStates() {}
}
