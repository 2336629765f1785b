package io.gamemetrics.infrastructure.readstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/**
 * Texts to look for, in every form they may have been written in: UTF-8, escaped as JSON does, base64 of either alphabet at
 * whatever place in what was encoded; of a UUID also its sixteen bytes, and without dashes. A text of fewer than
 * {@value #SHORT} bytes is looked for as a word of its own, in what is text alone, and not in base64: in ciphertext it would be
 * found by chance. Counts what was looked through. Safe for concurrent use.
 */
public final class Needles {

    /** Fewer bytes than these are found by chance. */
    static final int SHORT = 6;

    private static final int MOST_BYTES = 64 * 1024;

    private final List<String> texts;
    private final ByteSearch search;

    /** Those that count in text alone. */
    private final BitSet shorts = new BitSet();

    private final LongAdder values = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    private Needles(List<String> texts) {
        this.texts = List.copyOf(texts);
        Map<ByteBuffer, ByteSearch.Form> forms = new TreeMap<>();
        for (int i = 0; i < texts.size(); i++) {
            if (isShort(texts.get(i).getBytes(StandardCharsets.UTF_8))) {
                shorts.set(i);
            }
            for (ByteSearch.Form form : forms(i, texts.get(i))) {
                forms.merge(ByteBuffer.wrap(form.bytes()), form, ByteSearch.Form::together);
            }
        }
        this.search = new ByteSearch(forms.values());
    }

    /**
     * @param texts none of them empty, each at most 64 KiB; at most 100,000
     * @throws IllegalArgumentException when one is
     */
    public static Needles of(List<String> texts) {
        for (String text : texts) {
            if (text.isEmpty() || text.length() > MOST_BYTES) {
                throw new IllegalArgumentException("a needle must have 1 to " + MOST_BYTES + " characters");
            }
        }
        if (texts.size() > 100_000) {
            throw new IllegalArgumentException("at most 100,000 needles: " + texts.size());
        }
        return new Needles(texts);
    }

    /** What is looked for. */
    public List<String> texts() {
        return texts;
    }

    /** Which of them these bytes hold, by their index. */
    public BitSet in(byte[] value) {
        values.increment();
        bytes.add(value.length);
        BitSet found = new BitSet();
        search.each(value, (form, start) -> {
            for (int needle : form.needles()) {
                found.set(needle);
            }
        });
        if (found.intersects(shorts) && !TextBytes.isText(value)) {
            found.andNot(shorts);
        }
        return found;
    }

    /** Which of them a text holds. */
    public BitSet in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many values these were looked for in so far. */
    public long searchedValues() {
        return values.sum();
    }

    /** How many bytes those had together. */
    public long searchedBytes() {
        return bytes.sum();
    }

    /** The text with … in the place of whatever is found in it: fit to be told. */
    public String hidden(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        BitSet gone = new BitSet();
        search.each(bytes, (form, start) -> gone.set(start, start + form.bytes().length));
        if (gone.isEmpty()) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int from = 0;
        while (from < bytes.length) {
            int next = gone.nextSetBit(from);
            int end = next < 0 ? bytes.length : next;
            kept.append(new String(bytes, from, end - from, StandardCharsets.UTF_8));
            if (next >= 0) {
                kept.append('…');
            }
            from = next < 0 ? bytes.length : gone.nextClearBit(next);
        }
        return kept.toString();
    }

    /** It holds persons' data. */
    @Override
    public String toString() {
        return "Needles[" + texts.size() + "]";
    }

    private static List<ByteSearch.Form> forms(int index, String text) {
        List<ByteSearch.Form> forms = new ArrayList<>();
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        boolean word = isShort(plain);
        forms.add(new ByteSearch.Form(plain, new int[] {index}, word));
        for (boolean ascii : new boolean[] {false, true}) {
            for (boolean upper : new boolean[] {false, true}) {
                String escaped = json(text, ascii, upper);
                forms.add(new ByteSearch.Form(escaped.getBytes(StandardCharsets.UTF_8), new int[] {index}, word));
            }
        }
        if (!word) {
            base64(plain).forEach(form -> forms.add(new ByteSearch.Form(form, new int[] {index}, false)));
        }
        byte[] sixteen = uuid(text);
        if (sixteen.length > 0) {
            forms.add(new ByteSearch.Form(sixteen, new int[] {index}, false));
            String hex = text.replace("-", "").toLowerCase(Locale.ROOT);
            forms.add(new ByteSearch.Form(hex.getBytes(StandardCharsets.US_ASCII), new int[] {index}, false));
            base64(sixteen).forEach(form -> forms.add(new ByteSearch.Form(form, new int[] {index}, false)));
        }
        return forms;
    }

    private static boolean isShort(byte[] plain) {
        return plain.length < SHORT;
    }

    private static String json(String text, boolean ascii, boolean upper) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\b' -> escaped.append("\\b");
                case '\f' -> escaped.append("\\f");
                default -> {
                    if (c < ' ' || (ascii && c > '~')) {
                        escaped.append(String.format(Locale.ROOT, upper ? "\\u%04X" : "\\u%04x", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** What of the encoded text is the same whatever stands around: it may begin at each of three places. */
    private static List<byte[]> base64(byte[] plain) {
        List<byte[]> forms = new ArrayList<>();
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + plain.length];
            System.arraycopy(plain, 0, shifted, before, plain.length);
            int first = before == 0 ? 0 : before + 1;
            int end = shifted.length * 8 / 6;
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                byte[] encoded = encoder.encode(shifted);
                forms.add(Arrays.copyOfRange(encoded, first, end));
            }
        }
        return forms;
    }

    private static byte[] uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            return ByteBuffer.allocate(16)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array();
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
