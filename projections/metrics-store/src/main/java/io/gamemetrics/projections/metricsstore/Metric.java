package io.gamemetrics.projections.metricsstore;

/** What {@link MetricsReader#metrics} can draw; each is the figure of the same name of a day, for any bucket. */
public enum Metric {
    /** Distinct active players in the bucket. */
    DAU,
    /** Players whose first activity ever lies in the bucket and who were active in it under the filter. */
    NEW_PLAYERS,
    /** Events of players, of every kind. */
    EVENTS,
    SESSIONS,
    MEAN_SESSION_SECONDS,
    /** Purchases, those for nothing included. */
    PURCHASES,
    /** Distinct players with a purchase for more than nothing. */
    PAYERS,
    /** Micros of the game's currency: iap + ads − refunds. */
    REVENUE,
    IAP_REVENUE,
    AD_REVENUE,
    REFUNDS,
    /** Micros: revenue / dau; null where nobody was active. */
    ARPDAU,
    /** Micros: iap / payers; null where nobody paid. */
    ARPPU
}
