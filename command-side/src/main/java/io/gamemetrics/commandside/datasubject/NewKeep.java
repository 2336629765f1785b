package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something a request is to keep, as it is sent; checked field by field, and never printed. */
record NewKeep(
        @Nullable String kind,
        @Nullable String until,
        @Nullable String ground) {

    /** Longer than any law asks for. */
    static final int MOST_YEARS = 30;

    static final int MAX_GROUND = 200;

    /** Each kind at most once, all of them until a day to come. */
    static List<Keep> all(
            List<@Nullable NewKeep> sent, Collection<ZoneId> zones, List<Intake.Subject> named, Instant now) {
        if (sent.size() > KeptKind.values().length) {
            throw NewRequest.invalid("/keep", "names each kind at most once");
        }
        Needles ids = Needles.of(named.stream().map(Intake.Subject::player).toList());
        Set<KeptKind> seen = EnumSet.noneOf(KeptKind.class);
        List<Keep> all = new ArrayList<>();
        for (NewKeep one : sent) {
            String pointer = "/keep/" + all.size();
            if (one == null) {
                throw NewRequest.invalid(pointer, "names a kind, a day and a ground");
            }
            Keep keep = one.checked(pointer, zones, ids, now);
            if (!seen.add(keep.keptKind())) {
                throw NewRequest.invalid(pointer + "/kind", "names each kind at most once");
            }
            all.add(keep);
        }
        return all;
    }

    private Keep checked(String pointer, Collection<ZoneId> zones, Needles ids, Instant now) {
        KeptKind of = kind(pointer + "/kind");
        LocalDate lastDay = day(pointer + "/until");
        if (lastDay.isAfter(LocalDate.ofInstant(now, ZoneId.of("UTC")).plusYears(MOST_YEARS))) {
            throw NewRequest.invalid(pointer + "/until", "is at most " + MOST_YEARS + " years ahead");
        }
        for (ZoneId zone : zones) {
            if (!lastDay.isAfter(LocalDate.ofInstant(now, zone))) {
                throw NewRequest.invalid(pointer + "/until", "is a day after today");
            }
        }
        if (ground == null
                || ground.isBlank()
                || ground.length() > MAX_GROUND
                || ground.chars().anyMatch(Character::isISOControl)) {
            throw NewRequest.invalid(pointer + "/ground", "must have 1 to " + MAX_GROUND + " characters, in one line");
        }
        if (!ids.in(ground).isEmpty()) {
            throw NewRequest.invalid(pointer + "/ground", "names nobody: it comes to stand in the certificate");
        }
        return Keep.of(of, lastDay, end(lastDay, zones), ground);
    }

    /** When the day is over everywhere: a law that is asked for somewhere is kept. */
    private static Instant end(LocalDate lastDay, Collection<ZoneId> zones) {
        return zones.stream()
                .map(zone -> lastDay.plusDays(1).atStartOfDay(zone).toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private KeptKind kind(String pointer) {
        for (KeptKind known : KeptKind.values()) {
            if (known.name().equals(kind)) {
                return known;
            }
        }
        throw new Refusal(SubjectProblem.KEEP_UNSUPPORTED).with("pointer", pointer);
    }

    private LocalDate day(String pointer) {
        try {
            if (until != null && until.length() == "2033-12-31".length()) {
                return LocalDate.parse(until);
            }
        } catch (DateTimeException e) {
            // Refused below.
        }
        throw NewRequest.invalid(pointer, "must be a day like 2033-12-31");
    }

    @Override
    public String toString() {
        return "NewKeep[…]";
    }
}
