/** The documented behaviours of Azure Batch, user accounts on compute nodes. */
package dev.roster.check.batch;
