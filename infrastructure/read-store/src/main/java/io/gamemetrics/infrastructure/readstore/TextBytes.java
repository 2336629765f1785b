package io.gamemetrics.infrastructure.readstore;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Tells text from ciphertext and other bytes. */
final class TextBytes {

    private TextBytes() {}

    /**
     * Whether these are UTF-8 without control characters, but for those of lines. Of random bytes the shortest ciphertext there is,
     * 28 bytes of nonce and tag, is that once in far more values than any store has.
     */
    static boolean isText(byte[] bytes) {
        for (byte one : bytes) {
            boolean endsLine = one == '\n' || one == '\r' || one == '\t';
            if ((one >= 0 && one < ' ' && !endsLine) || one == 0x7F) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
