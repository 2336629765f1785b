package io.gamemetrics.infrastructure.web;

import java.util.Locale;
import java.util.Optional;

/** What somebody may do in a game. The first three belong to keys, the others to people. */
public enum Role {
    /** Sends events. */
    INGEST,
    /** Reads numbers. */
    READ,
    /** Creates data subjects' requests, nothing else. */
    SUBJECT_REQUEST,
    /** Reads numbers; sees pseudonyms only. */
    ANALYST,
    /** Reads numbers, and players' ids and names; each such read is audited. */
    SUPPORT,
    /** Runs the platform: rejected events, projections, replays. */
    OPERATOR,
    /** Answers data subjects' requests. */
    PRIVACY,
    /** All of these. */
    ADMIN;

    /** The name in tokens and documents: lower case. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role a token names; empty for a name this version does not know, which then grants nothing. */
    public static Optional<Role> ofClaim(String claim) {
        for (Role role : values()) {
            if (role.claim().equals(claim)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
