package io.gamemetrics.infrastructure.web;

import java.util.List;

/**
 * Pages without data that anybody may load, because they ask for the token themselves. A bean of this type is found by
 * itself; there is none by default.
 *
 * @param patterns paths, {@code /**} at the end allowed
 * @param contentSecurityPolicy what these pages may load
 */
public record PublicPages(List<String> patterns, String contentSecurityPolicy) {

    public PublicPages {
        patterns = List.copyOf(patterns);
    }
}
