package io.gamemetrics.commandside.datasubject;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Shows what is kept of erased players to whoever has the privacy role in each game of the request. Safe for concurrent use. */
public final class KeptDesk {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RequestDesk desk;
    private final PostgresVault vault;
    private final KeptRecords records;

    public KeptDesk(RequestDesk desk, PostgresVault vault) {
        this.desk = desk;
        this.vault = vault;
        this.records = vault.keptRecords();
    }

    /** About to be written. */
    @FunctionalInterface
    interface Document {

        /** Writes JSON, a record at a time: it may be long. */
        void write(OutputStream out) throws IOException;
    }

    /** Says no, or what to write; that somebody looks is in the audit before. Of a request that keeps nothing it is empty. */
    Document open(Caller caller, UUID request) {
        RequestState state = desk.allowed(caller, request);
        vault.audit().append("request.kept", request, null, caller.name());
        List<Kept> kept = records.of(request);
        List<SubjectKept> lost = LostInVault.kept(vault, state).stream()
                .sorted(Comparator.comparing(SubjectKept::subject))
                .toList();
        return out -> write(out, request, kept, lost);
    }

    private void write(OutputStream out, UUID request, List<Kept> kept, List<SubjectKept> lost) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            // What breaks off must not look whole.
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            json.writeStartObject();
            json.writeStringField("requestId", request.toString());
            json.writeArrayFieldStart("kept");
            for (Kept one : kept) {
                json.writeStartObject();
                json.writeNumberField("subject", one.subject());
                json.writeStringField(
                        "gameId", vault.gameOf(one.gameNumber()).orElseThrow().value());
                json.writeStringField("kind", one.kind());
                json.writeStringField("until", one.until().toString());
                json.writeStringField("ground", records.ground(one).orElse(""));
                json.writeArrayFieldStart("records");
                KeptPieces.read(records, one, json::writePOJO);
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            if (!lost.isEmpty()) {
                json.writeArrayFieldStart("lost");
                for (SubjectKept one : lost) {
                    json.writeStartObject();
                    json.writeNumberField("subject", one.subject());
                    json.writeStringField("kind", one.kind().name());
                    json.writeStringField("until", one.until().toString());
                    json.writeNumberField("records", one.records());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
    }
}
