package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What a request is to keep of those it erases, as it lies in the vault.
 *
 * @param kind a {@link KeptKind}
 * @param until the last day, as 2033-12-31
 * @param endsAt when that day is over in every game of the request, an instant
 * @param ground why, in somebody's words; it comes to stand in the certificate
 */
record Keep(String kind, String until, String endsAt, String ground) {

    static Keep of(KeptKind kind, LocalDate until, Instant endsAt, String ground) {
        return new Keep(kind.name(), until.toString(), endsAt.toString(), ground);
    }

    KeptKind keptKind() {
        return KeptKind.valueOf(kind);
    }

    LocalDate lastDay() {
        return LocalDate.parse(until);
    }

    Instant end() {
        return Instant.parse(endsAt);
    }

    @Override
    public String toString() {
        return "Keep[kind=" + kind + ", until=" + until + "]";
    }
}
