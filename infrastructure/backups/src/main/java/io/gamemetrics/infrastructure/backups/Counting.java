package io.gamemetrics.infrastructure.backups;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes went through. Used by one thread. */
final class Counting extends FilterOutputStream {

    private final LongConsumer told;
    private long bytes;

    Counting(OutputStream out, LongConsumer told) {
        super(out);
        this.told = told;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void write(int single) throws IOException {
        out.write(single);
        add(1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        add(length);
    }

    private void add(int more) {
        bytes += more;
        told.accept(bytes);
    }
}
