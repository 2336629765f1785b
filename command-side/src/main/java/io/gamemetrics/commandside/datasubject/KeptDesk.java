package io.gamemetrics.commandside.datasubject;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.KeptRecords.KeptSum;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows what is kept of erased players to whoever has the privacy role in each game of the request. Safe for concurrent use. */
public final class KeptDesk {

    /** So many requests are looked at together, of whoever they are. */
    private static final int PAGE = 200;

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

    /**
     * Says no, or what to write; that somebody looks is in the audit before. Of a request that keeps nothing it is empty. What is
     * kept is there also where the event store was put back to before its request.
     */
    Document open(Caller caller, UUID request) {
        Optional<RequestState> state = desk.find(caller, request);
        List<Kept> kept = records.of(request);
        if (state.isEmpty()) {
            if (kept.isEmpty()) {
                throw new Refusal(RequestProblem.NOT_FOUND);
            }
            kept.forEach(one -> caller.require(Role.PRIVACY, game(one.gameNumber())));
        }
        vault.audit().append("request.kept", request, null, caller.name());
        List<SubjectKept> lost = state.map(known -> LostInVault.kept(vault, known)).orElse(Set.of()).stream()
                .sorted(Comparator.comparing(SubjectKept::subject))
                .toList();
        return out -> write(out, request, kept, lost);
    }

    /** How much a request keeps of how many of its subjects in a game; {@code until} is the last day. */
    record KeptLine(UUID requestId, String gameId, String kind, String until, int subjects, long records) {}

    /** What there is to open, request by request, of those games in which the caller has the privacy role. */
    List<KeptLine> list(Caller caller, @Nullable UUID after, int first) {
        if (!caller.maySomewhere(Role.PRIVACY)) {
            throw new Refusal(RequestProblem.FORBIDDEN);
        }
        vault.audit().append("request.kept-list", null, null, caller.name());
        Map<UUID, List<KeptLine>> lines = new LinkedHashMap<>();
        UUID last = after;
        List<KeptSum> page;
        do {
            page = records.sums(last, PAGE);
            Map<UUID, List<KeptSum>> requests = page.stream()
                    .collect(Collectors.groupingBy(KeptSum::request, LinkedHashMap::new, Collectors.toList()));
            for (Map.Entry<UUID, List<KeptSum>> kept : requests.entrySet()) {
                if (lines.size() < first
                        && kept.getValue().stream().allMatch(one -> caller.may(Role.PRIVACY, game(one.gameNumber())))) {
                    lines.put(
                            kept.getKey(),
                            kept.getValue().stream().map(this::line).toList());
                }
                last = kept.getKey();
            }
        } while (lines.size() < first && !page.isEmpty());
        return lines.values().stream().flatMap(List::stream).toList();
    }

    private KeptLine line(KeptSum sum) {
        return new KeptLine(
                sum.request(),
                game(sum.gameNumber()).value(),
                sum.kind(),
                sum.until().toString(),
                sum.subjects(),
                sum.records());
    }

    private GameId game(int number) {
        return vault.gameOf(number).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
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
                json.writeStringField("gameId", game(one.gameNumber()).value());
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
