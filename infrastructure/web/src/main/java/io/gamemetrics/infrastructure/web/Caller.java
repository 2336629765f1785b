package io.gamemetrics.infrastructure.web;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who asks, and what they may do in which game. A REST method takes it as a parameter; elsewhere {@link #current} gives
 * it. Immutable.
 */
public final class Caller {

    /** In place of a game's id: every game, those to come included. */
    public static final String EVERY_GAME = "*";

    private final String name;
    private final boolean key;
    private final Map<String, Set<Role>> grants;

    /**
     * A person.
     *
     * @param name the token's subject. It may name a person: for audits, not for logs
     * @param grants roles by game id or {@link #EVERY_GAME}
     */
    public Caller(String name, Map<String, Set<Role>> grants) {
        this(name, false, grants);
    }

    /** A game's key. */
    public Caller(ApiKeyIdentity key) {
        this(key.keyId(), true, Map.of(key.gameId().value(), Set.of(key.role())));
    }

    private Caller(String name, boolean key, Map<String, Set<Role>> grants) {
        this.name = name;
        this.key = key;
        Map<String, Set<Role>> copy = new TreeMap<>();
        grants.forEach((game, roles) -> copy.put(game, Set.copyOf(roles)));
        this.grants = Map.copyOf(copy);
    }

    /**
     * The caller of the request this thread serves.
     *
     * @throws Refusal {@link RequestProblem#AUTHENTICATION_MISSING} when there is none
     */
    public static Caller current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof CallerAuthentication known) {
            return known.caller();
        }
        throw new Refusal(RequestProblem.AUTHENTICATION_MISSING);
    }

    /** The token's subject or the key's id: for audits, not for logs. */
    public String name() {
        return name;
    }

    /** Whether it is a game's own key that asks, and not a person. */
    public boolean isKey() {
        return key;
    }

    /** Whether the caller has the role, or one that includes it, in this game. */
    public boolean may(Role role, GameId game) {
        Set<Role> roles = rolesIn(game);
        return roles.contains(role) || roles.contains(Role.ADMIN);
    }

    /** Whether the caller has the role, or one that includes it, in at least one game. */
    public boolean maySomewhere(Role role) {
        return grants.values().stream().anyMatch(roles -> roles.contains(role) || roles.contains(Role.ADMIN));
    }

    /** The ids of the games in which the caller has the role, or one that includes it, by name: {@link #EVERY_GAME} is none. */
    public Set<String> gamesOf(Role role) {
        Set<String> games = new TreeSet<>();
        grants.forEach((game, roles) -> {
            if (!game.equals(EVERY_GAME) && (roles.contains(role) || roles.contains(Role.ADMIN))) {
                games.add(game);
            }
        });
        return games;
    }

    /** Whether the caller has the role in every game, those to come included. */
    public boolean mayEverywhere(Role role) {
        Set<Role> roles = grants.getOrDefault(EVERY_GAME, Set.of());
        return roles.contains(role) || roles.contains(Role.ADMIN);
    }

    /** Whether the game may be known to the caller at all. */
    public boolean knows(GameId game) {
        return !rolesIn(game).isEmpty();
    }

    /**
     * Goes on only when the caller has the role in this game.
     *
     * @throws Refusal {@link RequestProblem#NOT_FOUND} for a game the caller has nothing to do with, as if it did not
     *     exist; {@link RequestProblem#FORBIDDEN} where only the role is missing
     */
    public void require(Role role, GameId game) {
        if (!knows(game)) {
            throw new Refusal(RequestProblem.NOT_FOUND);
        }
        if (!may(role, game)) {
            throw new Refusal(RequestProblem.FORBIDDEN);
        }
    }

    /**
     * Goes on only when the caller has the role in every game.
     *
     * @throws Refusal {@link RequestProblem#FORBIDDEN} otherwise
     */
    public void requireEverywhere(Role role) {
        if (!mayEverywhere(role)) {
            throw new Refusal(RequestProblem.FORBIDDEN);
        }
    }

    private Set<Role> rolesIn(GameId game) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(grants.getOrDefault(game.value(), Set.of()));
        roles.addAll(grants.getOrDefault(EVERY_GAME, Set.of()));
        return roles;
    }

    @Override
    public String toString() {
        return "Caller[…]";
    }
}
