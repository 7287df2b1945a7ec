/** How the documented behaviours are run against a service, and what is told of it. */
package dev.roster.check.replay;
