package io.gamemetrics.commandside.player;

import io.gamemetrics.commandside.player.SessionFacts.End;
import io.gamemetrics.commandside.player.SessionFacts.Start;
import io.gamemetrics.sharedkernel.ids.SessionId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@value #MAX_SESSIONS} sessions last started or ended. What is held of a session is all there is to know of it;
 * one that is known only in part is not held, and is looked up when it is needed. Not safe for concurrent use.
 */
final class RecentSessions {

    static final int MAX_SESSIONS = 16;

    private final LinkedHashMap<SessionId, SessionFacts> sessions = new LinkedHashMap<>(4);

    @Nullable
    SessionFacts find(SessionId id) {
        return sessions.get(id);
    }

    void put(SessionId id, SessionFacts facts) {
        sessions.remove(id);
        if (sessions.size() == MAX_SESSIONS) {
            sessions.pollFirstEntry();
        }
        sessions.put(id, facts);
    }

    int size() {
        return sessions.size();
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(sessions.size());
        for (Map.Entry<SessionId, SessionFacts> entry : sessions.entrySet()) {
            out.writeUTF(entry.getKey().value());
            Start start = entry.getValue().start();
            out.writeBoolean(start != null);
            if (start != null) {
                out.writeLong(start.sequence());
                out.writeLong(start.occurredAt().toEpochMilli());
            }
            End end = entry.getValue().end();
            out.writeBoolean(end != null);
            if (end != null) {
                out.writeLong(end.occurredAt().toEpochMilli());
                Long durationMillis = end.durationMillis();
                out.writeBoolean(durationMillis != null);
                if (durationMillis != null) {
                    out.writeLong(durationMillis);
                }
            }
        }
    }

    static RecentSessions read(DataInput in) throws IOException {
        RecentSessions recent = new RecentSessions();
        int size = in.readByte();
        for (int i = 0; i < size; i++) {
            SessionId id = new SessionId(in.readUTF());
            Start start = in.readBoolean() ? new Start(in.readLong(), Instant.ofEpochMilli(in.readLong())) : null;
            End end = in.readBoolean()
                    ? new End(Instant.ofEpochMilli(in.readLong()), in.readBoolean() ? in.readLong() : null)
                    : null;
            recent.sessions.put(id, new SessionFacts(start, end));
        }
        return recent;
    }
}
