package io.gamemetrics.projections.metricsstore;

import java.math.BigInteger;

/** An exact sum: a long until it would overflow. Used by one thread. */
final class Total {

    private long sum;
    private BigInteger beyond = BigInteger.ZERO;

    void add(long value) {
        long next = sum + value;
        if (((sum ^ next) & (value ^ next)) < 0) {
            beyond = beyond.add(BigInteger.valueOf(sum));
            sum = value;
        } else {
            sum = next;
        }
    }

    void add(Total other) {
        add(other.sum);
        beyond = beyond.add(other.beyond);
    }

    void add(BigInteger value) {
        beyond = beyond.add(value);
    }

    void subtract(BigInteger value) {
        beyond = beyond.subtract(value);
    }

    /** A {@link Long}, or a {@link BigInteger} where that is too small. */
    Number value() {
        if (beyond.signum() == 0) {
            return sum;
        }
        BigInteger all = beyond.add(BigInteger.valueOf(sum));
        return all.bitLength() < Long.SIZE ? all.longValueExact() : all;
    }
}
