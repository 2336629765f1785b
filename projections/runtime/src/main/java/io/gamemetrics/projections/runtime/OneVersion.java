package io.gamemetrics.projections.runtime;

import java.util.Optional;

/**
 * A projection whose read model is never rebuilt beside itself.
 *
 * @param erasing what it can say of persons who are erased
 * @param exporting what it can give persons of themselves
 */
public record OneVersion(Projection projection, Optional<Erasing> erasing, Optional<Exporting> exporting)
        implements VersionedProjection {

    /** One that gives nobody anything of themselves: it keeps nothing of them. */
    public OneVersion(Projection projection, Erasing erasing) {
        this(projection, Optional.of(erasing), Optional.empty());
    }

    public OneVersion(Projection projection, Erasing erasing, Exporting exporting) {
        this(projection, Optional.of(erasing), Optional.of(exporting));
    }

    @Override
    public String name() {
        return projection.name();
    }

    @Override
    public Projection.Reads reads() {
        return projection.reads();
    }

    @Override
    public boolean isRebuildable() {
        return false;
    }

    @Override
    public Open open(int number) {
        if (number != 1) {
            throw new IllegalArgumentException("there is version 1 alone: " + number);
        }
        return new Open(projection);
    }

    @Override
    public void drop(int number) {
        throw new UnsupportedOperationException("version 1 alone is never dropped");
    }
}
