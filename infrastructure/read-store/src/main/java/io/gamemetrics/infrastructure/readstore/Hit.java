package io.gamemetrics.infrastructure.readstore;

/**
 * Something that was looked for, found. It says where, and never quotes what.
 *
 * @param store the store's name, with its version where it is not the first
 * @param place which part of it: {@code table.column}, or a key
 * @param needle which of the {@link Needles#texts}
 * @param values how many values there hold it, 1 or more
 */
public record Hit(String store, String place, int needle, long values) {}
