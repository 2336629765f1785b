package io.gamemetrics.projections.runtime;

/** How fast a count grows: its growth a second, of which the last seconds count most. Used by one thread. */
final class Rate {

    private static final double MEMORY_SECONDS = 8;
    private static final double NANOS = 1e9;

    private long count;
    private long atNanos;
    private double perSecond;
    private int looks;

    /** Notes the count at this moment, and gives its growth. A count that falls begins anew. */
    double look(long now, long nowNanos) {
        if (looks == 0 || now < count) {
            looks = 1;
            perSecond = 0;
        } else {
            double seconds = (nowNanos - atNanos) / NANOS;
            if (seconds <= 0) {
                return perSecond;
            }
            double latest = (now - count) / seconds;
            // While there is little to remember, everything seen so far counts the same.
            double weight = Math.max(1 - Math.exp(-seconds / MEMORY_SECONDS), 1.0 / looks);
            perSecond += weight * (latest - perSecond);
            looks++;
        }
        count = now;
        atNanos = nowNanos;
        return perSecond;
    }
}
