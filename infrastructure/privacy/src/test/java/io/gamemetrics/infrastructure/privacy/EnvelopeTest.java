package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final byte[] HERE = {1, 2, 3};

    private final Envelope envelope = new Envelope();
    private final SecretKey key = Secrets.encryptionKey(Secrets.random());

    @Test
    void opensWithTheSameKeyAndContextOnly() throws Exception {
        Random random = new Random();
        for (int length : new int[] {0, 1, 15, 16, 17, 200, 40_000}) {
            byte[] plain = new byte[length];
            random.nextBytes(plain);

            byte[] sealed = envelope.seal(key, HERE, plain);

            assertThat(sealed).hasSize(length + Envelope.OVERHEAD_BYTES);
            assertThat(new Envelope().open(key, HERE, sealed)).isEqualTo(plain);
            assertRefused("envelope.tag", key, new byte[] {1, 2}, sealed);
            assertRefused("envelope.tag", Secrets.encryptionKey(Secrets.random()), HERE, sealed);
        }
    }

    @Test
    void noBitCanBeChanged() {
        byte[] sealed = envelope.seal(key, HERE, new byte[] {42, 43});

        for (int bit = 8; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused("envelope.tag", key, HERE, changed);
        }
        byte[] newer = sealed.clone();
        newer[0]++;
        assertRefused("envelope.version", key, HERE, newer);
        assertRefused("envelope.short", key, HERE, Arrays.copyOf(sealed, Envelope.OVERHEAD_BYTES - 1));
        assertRefused("envelope.tag", key, HERE, Arrays.copyOf(sealed, sealed.length - 1));
    }

    @Test
    void noNonceIsUsedTwice() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            nonces.add(Arrays.toString(Arrays.copyOfRange(envelope.seal(key, HERE, HERE), 1, 13)));
        }
        assertThat(nonces).hasSize(1_000);
    }

    private void assertRefused(String word, SecretKey key, byte[] context, byte[] sealed) {
        assertThatThrownBy(() -> envelope.open(key, context, sealed))
                .isInstanceOfSatisfying(UnreadableEnvelopeException.class, e -> assertThat(e.word())
                        .isEqualTo(word));
    }
}
