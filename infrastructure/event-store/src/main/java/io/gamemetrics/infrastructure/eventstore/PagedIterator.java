package io.gamemetrics.infrastructure.eventstore;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Goes through pages, asking for the next one when the last is used up; ends at an empty one. Used by one thread. */
final class PagedIterator<T> implements Iterator<T> {

    private final Supplier<List<T>> nextPage;
    private Iterator<T> page = List.<T>of().iterator();
    private boolean ended;

    private PagedIterator(Supplier<List<T>> nextPage) {
        this.nextPage = nextPage;
    }

    static <T> Stream<T> stream(Supplier<List<T>> nextPage) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new PagedIterator<>(nextPage), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && !ended) {
            page = nextPage.get().iterator();
            ended = !page.hasNext();
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
