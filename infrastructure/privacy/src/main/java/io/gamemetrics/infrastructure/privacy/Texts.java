package io.gamemetrics.infrastructure.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts as bytes: each its length and its UTF-8. */
final class Texts {

    private Texts() {}

    static byte[] write(List<String> texts) {
        List<byte[]> all = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer bytes = ByteBuffer.allocate(
                all.stream().mapToInt(text -> Integer.BYTES + text.length).sum());
        all.forEach(text -> bytes.putInt(text.length).put(text));
        return bytes.array();
    }

    static List<String> read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<String> texts = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] text = new byte[in.getInt()];
            in.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
