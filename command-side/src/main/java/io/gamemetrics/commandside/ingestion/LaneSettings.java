package io.gamemetrics.commandside.ingestion;

/**
 * How much the lanes take on.
 *
 * @param lanes threads that decide, each with its own players
 * @param queuedCommands commands waiting at one lane, from 1, shared by games as {@link FairShares} says; more are refused
 * @param groupCommands commands decided and stored together at most; Axon's cost of a group grows with its square
 * @param groupEvents reported events in a group at most, unless a single command has more
 * @param heldAggregates players held in memory by one lane; each at most 20 KiB, usually 2
 * @param snapshotEvents a snapshot is taken when so many events came since the last
 */
public record LaneSettings(
        int lanes, int queuedCommands, int groupCommands, int groupEvents, int heldAggregates, int snapshotEvents) {

    public static final LaneSettings DEFAULT = new LaneSettings(4, 12_000, 256, 10_000, 10_000, 500);

    public LaneSettings {
        if (lanes < 1 || queuedCommands < 1 || groupCommands < 1 || groupEvents < 1 || heldAggregates < 1) {
            throw new IllegalArgumentException("settings of lanes must be ≥ 1: lanes=" + lanes + ", queuedCommands="
                    + queuedCommands + ", groupCommands=" + groupCommands + ", groupEvents=" + groupEvents
                    + ", heldAggregates=" + heldAggregates);
        }
    }
}
