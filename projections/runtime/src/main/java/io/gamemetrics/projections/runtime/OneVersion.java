package io.gamemetrics.projections.runtime;

/** A projection whose read model is never rebuilt beside itself. */
public record OneVersion(Projection projection) implements VersionedProjection {

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
