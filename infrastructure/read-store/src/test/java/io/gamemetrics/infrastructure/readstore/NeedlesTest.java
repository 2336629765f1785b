package io.gamemetrics.infrastructure.readstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NeedlesTest {

    private static final String ANNA = "anna.o\"neil@exämple.org";

    @Test
    void aTextIsFoundInEveryFormItMayHaveBeenWrittenIn() {
        Needles needles = Needles.of(List.of("somebody else", ANNA));

        assertFound(needles, "mail:" + ANNA + ";");
        assertFound(needles, "{\"mail\":\"anna.o\\\"neil@exämple.org\"}");
        assertFound(needles, "{\"mail\":\"anna.o\\\"neil@ex\\u00e4mple.org\"}");
        assertFound(needles, "{\"mail\":\"anna.o\\\"neil@ex\\u00E4mple.org\"}");
        for (String before : List.of("", "x", "xy", "xyz")) {
            byte[] whole = (before + ANNA + "…").getBytes(UTF_8);
            assertFound(needles, Base64.getEncoder().encodeToString(whole));
            assertFound(needles, Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
        }
    }

    @Test
    void aUuidIsFoundAsSixteenBytesToo() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(20)
                .putShort((short) 7)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        Needles needles = Needles.of(List.of(id.toString()));

        assertThat(needles.in(bytes)).isEqualTo(bits(0));
        assertThat(needles.in("player:" + id.toString().replace("-", ""))).isEqualTo(bits(0));
        assertThat(needles.in("player:" + UUID.randomUUID())).isEqualTo(bits());
    }

    @Test
    void aShortTextIsAWordOfItsOwn() {
        Needles needles = Needles.of(List.of("p-17"));

        assertThat(needles.in("board:p-17 rank:3")).isEqualTo(bits(0));
        assertThat(needles.in("p-17")).isEqualTo(bits(0));
        assertThat(needles.in("shop-17")).isEqualTo(bits());
        assertThat(needles.in("p-170")).isEqualTo(bits());
    }

    @Test
    void aShortTextIsNotFoundInCiphertextByChance() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Needles needles = Needles.of(List.of("p7", "7", "abc", "long-enough"));
        for (int value = 0; value < 20_000; value++) {
            byte[] sealed = new byte[28 + random.nextInt(400)];
            random.nextBytes(sealed);
            assertThat(needles.in(sealed)).as("seed %s", seed).isEqualTo(bits());
        }
    }

    @Test
    void aShortTextIsFoundInWhateverIsTextAndALongOneEverywhere() {
        Needles needles = Needles.of(List.of("p7", "long-enough"));

        assertThat(needles.in("{\"playerId\":\"p7\",\n\t\"n\":\"\u00e4\"}".getBytes(UTF_8)))
                .isEqualTo(bits(0));
        assertThat(needles.in("p7".getBytes(UTF_8))).isEqualTo(bits(0));
        byte[] mixed = "\0\1 p7 long-enough".getBytes(UTF_8);
        assertThat(needles.in(mixed)).as("no text").isEqualTo(bits(1));
        mixed[0] = (byte) 0xFF;
        mixed[1] = 'x';
        assertThat(needles.in(mixed)).as("no UTF-8").isEqualTo(bits(1));
    }

    @Test
    void needlesWithinAndAcrossOneAnotherAreAllFound() {
        Needles needles = Needles.of(List.of("abcdefgh", "cdefgh", "efghij", "abcdefgh"));

        assertThat(needles.in("xabcdefghijx")).isEqualTo(bits(0, 1, 2, 3));
        assertThat(needles.in("abcdef")).isEqualTo(bits());
    }

    @Test
    void whatIsHiddenQuotesNothing() {
        Needles needles = Needles.of(List.of("anna-1987", "1987-board"));

        assertThat(needles.hidden("gm:{12:anna-1987-board}:anna-1987")).isEqualTo("gm:{12:…}:…");
        assertThat(needles.hidden("gm:games")).isEqualTo("gm:games");
        assertThat(needles.toString()).doesNotContain("anna");
    }

    @Test
    void anyNeedlesInAnyBytesAreThoseASlowSearchFinds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> texts = random.ints(6, 0, 1 << 16)
                    .mapToObj(number -> "ab"
                            + Integer.toBinaryString(number).replace('0', 'a').replace('1', 'b') + "abab")
                    .map(text -> text.substring(0, 6 + random.nextInt(text.length() - 5)))
                    .toList();
            StringBuilder hay = new StringBuilder();
            random.ints(300, 0, 2).forEach(bit -> hay.append(bit == 0 ? 'a' : 'b'));
            texts.stream().skip(3).forEach(text -> hay.insert(random.nextInt(hay.length()), text));
            BitSet slow = new BitSet();
            for (int i = 0; i < texts.size(); i++) {
                slow.set(i, hay.indexOf(texts.get(i)) >= 0);
            }

            assertThat(Needles.of(texts).in(hay.toString())).as("seed %s", seed).isEqualTo(slow);
        }
    }

    @Test
    void nothingIsNoNeedle() {
        assertThatThrownBy(() -> Needles.of(List.of(""))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Needles.of(List.of()).in("anything")).isEqualTo(bits());
    }

    private static void assertFound(Needles needles, String text) {
        assertThat(needles.in(text)).as(text).isEqualTo(bits(1));
    }

    private static BitSet bits(int... all) {
        BitSet bits = new BitSet();
        for (int bit : all) {
            bits.set(bit);
        }
        return bits;
    }
}
