package io.gamemetrics.projections.livetailstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackedTextsTest {

    @Test
    void any_texts_are_read_back_and_stand_in_the_whole_as_they_are() {
        List<String> texts = List.of("type", "", "3:ios", ":", "a\u0000\nb", "17", "\uD83C\uDFAE 8:x", "é".repeat(300));
        StringBuilder packed = new StringBuilder();
        texts.forEach(text -> PackedTexts.add(packed, text));

        assertThat(PackedTexts.of(packed.toString())).contains(texts);
        assertThat(packed).contains(texts);
        assertThat(PackedTexts.of("")).contains(List.of());
    }

    @Test
    void what_was_not_made_so_is_not_taken_for_it() {
        for (String other :
                List.of("purchase", "4:typ", "4", "4:type8", ":x", "-1:x", "+1:x", "9999999999:x", "1:xy", "٣:abc")) {
            assertThat(PackedTexts.of(other)).as(other).isEmpty();
        }
    }
}
