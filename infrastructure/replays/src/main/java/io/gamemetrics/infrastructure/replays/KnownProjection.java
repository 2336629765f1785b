package io.gamemetrics.infrastructure.replays;

/**
 * A projection that ever ran.
 *
 * @param partitions of the stream it reads
 * @param isRebuildable whether a second version of its read model can be built beside the first; not where handling an
 *     event again would be noticed outside
 */
public record KnownProjection(String name, int partitions, boolean isRebuildable) {}
