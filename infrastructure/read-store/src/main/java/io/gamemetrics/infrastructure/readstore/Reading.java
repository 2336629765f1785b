package io.gamemetrics.infrastructure.readstore;

import java.sql.Connection;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a read model is read, and in which snapshot.
 *
 * @param sections those asked for
 * @param from single events that occurred earlier are left out; absent: none are
 */
public record Reading(
        Connection connection,
        Set<String> sections,
        @Nullable Instant from) {}
