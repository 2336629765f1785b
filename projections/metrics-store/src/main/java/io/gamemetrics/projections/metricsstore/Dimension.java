package io.gamemetrics.projections.metricsstore;

/**
 * What numbers can be split and filtered by. The first four stand on each event and restrict which events count; the
 * others belong to the player and apply to all of the player's history, as it is known now.
 */
public enum Dimension {
    PLATFORM,
    COUNTRY,
    APP_VERSION,
    /** Labels are {@code experiment:arm}; an event in several experiments counts under each. */
    EXPERIMENT,
    /** The acquisition of the player's latest registration (by when it occurred) that names one. */
    ACQUISITION,
    /** The player's first active day, {@code yyyy-MM-dd}. */
    COHORT_DAY,
    /** {@code true} for a player who ever bought something for more than nothing, else {@code false}. */
    PAYER;

    /** The label of what the sender did not say. A {@link Filter} takes it too. */
    public static final String NONE = "(none)";

    /** The label of what lies past {@value #VALUES_PER_DAY} values of a dimension on one day. */
    public static final String OTHER = "(other)";

    /** How many values of one dimension are told apart on one day. */
    public static final int VALUES_PER_DAY = 1_000;
}
