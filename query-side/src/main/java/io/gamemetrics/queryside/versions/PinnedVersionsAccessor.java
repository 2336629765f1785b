package io.gamemetrics.queryside.versions;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Takes a request's pins along to the threads that work for it. Found by the service loader. */
public final class PinnedVersionsAccessor implements ThreadLocalAccessor<Object> {

    private static final String KEY = PinnedVersions.class.getName();

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable Object getValue() {
        return PinnedVersions.current();
    }

    @Override
    public void setValue(Object pins) {
        PinnedVersions.set((PinnedVersions) pins);
    }

    @Override
    public void setValue() {
        PinnedVersions.clear();
    }
}
