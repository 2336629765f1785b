package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;

/**
 * An event somebody reports, well formed but not decided yet.
 *
 * @param index its place in the request, from 0
 * @param event as its sender wrote it: without any decided part
 */
public record Candidate(int index, PlayerEvent event) {

    @Override
    public String toString() {
        return "Candidate[index=" + index + ", type=" + event.getClass().getSimpleName() + "]";
    }
}
