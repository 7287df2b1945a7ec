/** The documented behaviours of Windows Azure Pack, users. */
package dev.roster.check.azurepack;
