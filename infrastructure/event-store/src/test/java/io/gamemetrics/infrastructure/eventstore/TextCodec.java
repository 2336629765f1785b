package io.gamemetrics.infrastructure.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;

/** Events that are a text. One that says "erased" or "broken" reads back as such; snapshots are turned around bit by bit. */
final class TextCodec implements EventCodec {

    record Told(String text) {}

    @Override
    public List<Encoded> encode(List<NewEvent> events) {
        return events.stream()
                .map(event ->
                        new Encoded(1, 1, 1, ((Told) event.payload()).text().getBytes(UTF_8), List.of()))
                .toList();
    }

    @Override
    public List<Decoded> decode(List<StoredEvent> events) {
        return events.stream().map(TextCodec::decode).toList();
    }

    private static Decoded decode(StoredEvent event) {
        String text = new String(event.payload(), UTF_8);
        return switch (text) {
            case "erased" -> new Decoded.Erased();
            case "broken" -> new Decoded.Unreadable("broken");
            default -> new Decoded.Event(new Told(text), -1);
        };
    }

    @Override
    public byte[] sealSnapshot(UUID stream, long sequence, byte[] plain) {
        return turned(plain);
    }

    @Override
    public byte[] openSnapshot(UUID stream, long sequence, byte[] sealed) {
        return turned(sealed);
    }

    private static byte[] turned(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int index = 0; index < bytes.length; index++) {
            turned[index] = (byte) ~bytes[index];
        }
        return turned;
    }
}
