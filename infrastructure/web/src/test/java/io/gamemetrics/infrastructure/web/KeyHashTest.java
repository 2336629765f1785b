package io.gamemetrics.infrastructure.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyHashTest {

    private static final String RANDOM = "Ab_-".repeat(10) + "xyz";

    @Test
    void the_key_id_is_found_in_every_kind_of_secret() {
        assertThat(KeyHash.keyId("gmk_ingest_k1_" + RANDOM)).hasValue("k1");
        assertThat(KeyHash.keyId("gmk_subject_request_7fQ2_" + RANDOM)).hasValue("7fQ2");
        assertThat(KeyHash.keyId("gmk_ingest_k1_short")).isEmpty();
    }

    @Test
    void only_the_very_secret_matches_its_hash() {
        String hash = KeyHash.of("gmk_read_k1_" + RANDOM);
        assertThat(hash).hasSize(64);
        assertThat(KeyHash.matches("gmk_read_k1_" + RANDOM, hash)).isTrue();
        assertThat(KeyHash.matches("gmk_read_k2_" + RANDOM, hash)).isFalse();
    }
}
