/** Pact files, versions 2 to 4, as far as a contract can tell whether they are right. */
package dev.roster.check.pact;
