package io.gamemetrics.sharedkernel.privacy;

/**
 * The last event of a person's stream: whoever handles it takes away all that came of the ones before it, also of those
 * that wait to be handled.
 */
public interface EndsAPerson extends OutlivesItsPerson {}
