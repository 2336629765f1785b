package io.gamemetrics.projections.runtime;

/**
 * Which version of its read model a runner keeps, and how it is built.
 *
 * @param number from 1. Each has a store and checkpoints of its own; a version after the first is built from the event
 *     store and only then follows the stream
 * @param pace how fast it is built
 * @param milestones who is told how far it has come
 * @param selection which events it handles
 * @param ceiling how far it may go
 */
public record ModelVersion(int number, Pace pace, Milestones milestones, Selection selection, Ceiling ceiling) {

    public ModelVersion {
        if (number < 1) {
            throw new IllegalArgumentException("number must be 1 or more: " + number);
        }
    }

    /** The version every projection begins with. */
    public static ModelVersion first() {
        return whole(1, Pace.UNBOUNDED, Milestones.NONE);
    }

    /** A version that handles every event. */
    static ModelVersion whole(int number, Pace pace, Milestones milestones) {
        return new ModelVersion(number, pace, milestones, new Selection.Everything(), new Ceiling());
    }

    /** The consumer group's name: versions share no partitions. */
    String group(String topic, String projection) {
        return topic + "." + projection + (number == 1 ? "" : ".v" + number);
    }
}
