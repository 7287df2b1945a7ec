/**
 * A client of the Azure Batch operations on compute-node users, for Roster and the real service.
 *
 * <p>Start at {@link dev.roster.client.batch.BatchClient}. The packages {@code model}, {@code api}
 * and {@code invoker} below this one are generated from the contract; callers need only {@code
 * model}.
 *
 * <p>Source: <a
 * href="https://learn.microsoft.com/en-us/rest/api/batchservice/?view=rest-batchservice-2023-11-01.18.0">Batch
 * service REST API</a>, version 2023-11-01.18.0.
 */
package dev.roster.client.batch;
