package io.gamemetrics.commandside.ingestion;

/**
 * How much the lanes take on.
 *
 * @param lanes threads that decide, each with its own players
 * @param queuedCommands commands waiting at one lane, from 1, shared by games as {@link FairShares} says; more are refused
 * @param groupCommands commands decided and stored together at most; Axon's cost of a group grows with its square
 * @param groupEvents reported events in a group at most, unless a single command has more
 * @param heldBytes memory of what one lane holds, by estimate: a player at most 20 KiB, usually 2
 * @param snapshotEvents a snapshot is taken when so many events came since the last
 */
public record LaneSettings(
        int lanes, int queuedCommands, int groupCommands, int groupEvents, long heldBytes, int snapshotEvents) {

    private static final int LANES = 4;

    /** Of the heap all lanes together hold players in one part of so many. */
    private static final int HEAP_PARTS = 8;

    public static final LaneSettings DEFAULT =
            new LaneSettings(LANES, 12_000, 256, 10_000, Runtime.getRuntime().maxMemory() / HEAP_PARTS / LANES, 500);

    public LaneSettings {
        if (lanes < 1 || queuedCommands < 1 || groupCommands < 1 || groupEvents < 1 || heldBytes < 1) {
            throw new IllegalArgumentException("settings of lanes must be ≥ 1: lanes=" + lanes + ", queuedCommands="
                    + queuedCommands + ", groupCommands=" + groupCommands + ", groupEvents=" + groupEvents
                    + ", heldBytes=" + heldBytes);
        }
    }
}
