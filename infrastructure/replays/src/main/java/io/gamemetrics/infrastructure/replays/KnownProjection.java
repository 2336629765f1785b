package io.gamemetrics.infrastructure.replays;

/**
 * A projection that ever ran.
 *
 * @param partitions of the stream it reads
 * @param isRebuildable whether a second version of its read model can be built beside the first; not where handling an
 *     event again would be noticed outside
 * @param handlers number of the newest handlers that the process started last carries; new versions are built by these
 */
public record KnownProjection(String name, int partitions, boolean isRebuildable, int handlers) {}
