package io.gamemetrics.projections.metricsstore;

import java.time.Instant;

/**
 * A name {@link MetricsReader#eventMetrics} and a funnel's step can be asked for.
 *
 * @param name an event type as it is sent ({@code session_started}, {@code progression}, …) or a custom event's own name
 * @param custom whether senders made the name up
 * @param events how many there are, those without a player included
 */
public record EventName(String name, boolean custom, long events, Instant firstAt, Instant lastAt) {}
