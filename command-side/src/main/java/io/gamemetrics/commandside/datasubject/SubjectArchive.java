package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.Persons.Person;
import io.gamemetrics.infrastructure.privacy.ExportSecrets;
import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Writes what is held of one subject: who they are, events, refused events, requests, what is kept of who was erased, and what
 * was gathered from read models.
 * Safe for concurrent use.
 */
final class SubjectArchive {

    private final PostgresVault vault;
    private final Persons persons;
    private final PersonEvents events;
    private final RefusedOfPersons refused;
    private final RequestsAbout requests;
    private final Versions versions;
    private final ExportSecrets kept;
    private final KeptRecords records;

    SubjectArchive(PersonStores stores, RequestViews views) {
        this.vault = stores.vault();
        this.persons = stores.persons();
        this.events = new PersonEvents(stores.store(), stores.codec());
        this.refused = stores.refused();
        this.requests = new RequestsAbout(vault.requestSecrets(), views);
        this.versions = stores.versions();
        this.kept = vault.exportSecrets();
        this.records = vault.keptRecords();
    }

    void write(Archive archive, UUID request, int subject, Intake.Subject who) throws IOException {
        int game = vault.findGameNumber(who.gameId()).orElseThrow();
        String folder = subject + "-" + who.game() + "/";
        List<Subject> members =
                persons.find(game, who.playerId()).map(Person::members).orElse(List.of());
        List<String> ids = new ArrayList<>();
        members.forEach(member -> ids.add(member.playerId().value()));
        if (!ids.contains(who.player())) {
            ids.add(who.player());
        }
        archive.table(folder + "players", "The players who are this person, and what they are called here.", each -> {
            for (Subject member : members) {
                each.accept(player(who, member));
            }
        });
        List<UUID> streams =
                members.stream().map(member -> member.pseudonym().value()).toList();
        Map<UUID, Long> heads = events.heads(streams);
        archive.table(
                folder + "events", "Every event of this person, as it is stored.", each -> events.read(heads, each));
        archive.table(
                folder + "refused-events",
                "What was sent about this person and not accepted; kept for 30 days.",
                each -> refused(game, ids, each));
        archive.table(
                folder + "requests",
                "Requests about this person that are not over.",
                each -> requests.of(who, ids, each));
        archive.table(
                folder + "kept-records",
                "What a law had to be kept of this person when they were erased, why, and until the end of which day.",
                each -> kept(game, ids, each));
        if (kept.streams(request, subject).filter(streams::containsAll).isPresent()) {
            for (KnownProjection projection : versions.projections()) {
                gathered(archive, request, subject, folder, projection.name());
            }
        }
    }

    private void kept(int game, List<String> ids, Archive.OneRow each) throws IOException {
        Set<Kept> all = new LinkedHashSet<>();
        ids.forEach(id -> all.addAll(records.of(game, new PlayerId(id))));
        for (Kept one : all) {
            Map<String, Object> why = new LinkedHashMap<>();
            why.put("kind", one.kind());
            why.put("keptUntil", one.until().toString());
            why.put("ground", records.ground(one).orElse(""));
            KeptPieces.read(records, one, record -> {
                Map<String, Object> row = new LinkedHashMap<>(why);
                row.putAll(record);
                each.accept(row);
            });
        }
    }

    private static Map<String, Object> player(Intake.Subject who, Subject member) {
        Map<String, Object> player = new LinkedHashMap<>();
        player.put("gameId", who.game());
        player.put("playerId", member.playerId().value());
        player.put("pseudonym", member.pseudonym().toString());
        player.put("number", member.playerNumber());
        return player;
    }

    private void refused(int game, List<String> ids, Archive.OneRow each) throws IOException {
        try {
            refused.forEach(game, Map.of(0, ids), (subject, found) -> {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("receivedAt", found.receivedAt().toString());
                row.put("code", found.refused().code());
                row.put("message", found.refused().message());
                row.put("sent", found.refused().sent());
                Optional.ofNullable(found.refused().patched()).ifPresent(patched -> row.put("patched", patched));
                accept(each, row);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void gathered(Archive archive, UUID request, int subject, String folder, String projection)
            throws IOException {
        Optional<GatheredPart> part = GatheredPart.of(kept, request, subject, projection);
        if (part.isPresent()) {
            for (Map.Entry<String, String> table : part.get().tables().entrySet()) {
                archive.table(folder + projection + "/" + table.getKey(), table.getValue(), each -> part.get()
                        .forEach(table.getKey(), each));
            }
        }
    }

    private static void accept(Archive.OneRow each, Map<String, ?> row) {
        try {
            each.accept(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
