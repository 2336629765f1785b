package io.gamemetrics.sharedkernel.player;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event can be filtered and split by; each is absent when the sender did not say.
 *
 * @param country ISO 3166-1 alpha-2, upper case
 * @param experiments arm by experiment, at most 20
 */
public record Dimensions(
        @Nullable String platform,
        @Nullable String country,
        @Nullable String appVersion,
        Map<String, String> experiments) {

    public static final Dimensions NONE = new Dimensions(null, null, null, Map.of());

    public Dimensions {
        experiments = Map.copyOf(experiments);
    }
}
