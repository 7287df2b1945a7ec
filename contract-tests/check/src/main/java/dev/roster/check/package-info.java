/**
 * The contract check: one jar that other people's builds run.
 *
 * <p>{@code verify} compares pact files with the contracts, {@code replay} runs the documented
 * behaviours against whatever speaks the API. The behaviours are test classes, one package an API,
 * that the JUnit Platform runs inside the jar.
 */
package dev.roster.check;
