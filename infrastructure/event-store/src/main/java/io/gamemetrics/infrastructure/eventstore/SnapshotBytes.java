package io.gamemetrics.infrastructure.eventstore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** A snapshot message as plain bytes and back: aggregate's type, instant, class, its revision, then the serializer's bytes. */
final class SnapshotBytes {

    private final Serializer serializer;

    SnapshotBytes(Serializer serializer) {
        this.serializer = serializer;
    }

    byte[] write(DomainEventMessage<?> snapshot) {
        SerializedObject<byte[]> serialized = serializer.serialize(snapshot.getPayload(), byte[].class);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(orEmpty(snapshot.getType()));
            out.writeLong(snapshot.getTimestamp().toEpochMilli());
            out.writeUTF(serialized.getType().getName());
            out.writeUTF(orEmpty(serialized.getType().getRevision()));
            out.write(serialized.getData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    DomainEventMessage<?> read(UUID stream, long sequence, byte[] plain) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
            String aggregateType = in.readUTF();
            Instant takenAt = Instant.ofEpochMilli(in.readLong());
            String payloadType = in.readUTF();
            String revision = in.readUTF();
            Object payload = serializer.deserialize(new SimpleSerializedObject<>(
                    in.readAllBytes(), byte[].class, payloadType, revision.isEmpty() ? null : revision));
            return new GenericDomainEventMessage<>(
                    aggregateType,
                    stream.toString(),
                    sequence,
                    payload,
                    Map.of(),
                    stream + "/snapshot/" + sequence,
                    takenAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
