package io.gamemetrics.infrastructure.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final AtomicLong nanos = new AtomicLong();
    private final TokenBucket bucket = new TokenBucket(10, 20, nanos::get);

    @Test
    void a_burst_passes_and_then_the_rate() {
        assertThat(bucket.take(20).granted()).isTrue();
        TokenBucket.Grant refused = bucket.take(5);
        assertThat(refused.granted()).isFalse();
        assertThat(refused.waitSeconds()).isEqualTo(1);
        assertThat(refused.fullSeconds()).isEqualTo(2);
        nanos.addAndGet(500_000_000);
        assertThat(bucket.take(5).granted()).isTrue();
        assertThat(bucket.take(1).granted()).isFalse();
    }

    @Test
    void more_than_a_burst_passes_once_the_bucket_is_full_and_is_paid_for_afterwards() {
        assertThat(bucket.take(120).granted()).isTrue();
        assertThat(bucket.take(1).waitSeconds()).isEqualTo(11);
        nanos.addAndGet(10_100_000_000L);
        assertThat(bucket.take(1).granted()).isTrue();
    }
}
