package io.gamemetrics.infrastructure.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** NDJSON from a file or a stream, gzipped or not. Empty lines are no events. */
final class NdjsonLines implements EventLines {

    /** What the platform takes in one request at most: a longer line can never be sent. */
    private static final int MAX_LINE_BYTES = 5 << 20;

    private final InputStream in;
    private final Counting counting;
    private final long totalBytes;
    private final @Nullable String identity;
    private long line;

    private NdjsonLines(InputStream raw, long totalBytes, @Nullable String identity) throws IOException {
        this.counting = new Counting(raw);
        this.in = new BufferedInputStream(unpacked(new BufferedInputStream(counting, 1 << 16)), 1 << 16);
        this.totalBytes = totalBytes;
        this.identity = identity;
    }

    static NdjsonLines of(Path file) throws IOException {
        long size = Files.size(file);
        String identity = file.toRealPath() + "|" + size + "|"
                + Files.getLastModifiedTime(file).toMillis();
        return new NdjsonLines(Files.newInputStream(file), size, identity);
    }

    static NdjsonLines of(InputStream stream) throws IOException {
        return new NdjsonLines(stream, -1, null);
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
        while (true) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            int next = in.read();
            if (next < 0) {
                return null;
            }
            line++;
            while (next >= 0 && next != '\n') {
                bytes.write(next);
                if (bytes.size() > MAX_LINE_BYTES) {
                    throw new CommandEndedException(
                            Exit.USAGE, "Line " + line + " is longer than 5 MiB: it cannot be one event.");
                }
                next = in.read();
            }
            byte[] text = bytes.toByteArray();
            if (!isBlank(text)) {
                return text;
            }
        }
    }

    private static boolean isBlank(byte[] text) {
        for (byte each : text) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public double fractionRead() {
        return totalBytes <= 0 ? -1 : (double) counting.count / totalBytes;
    }

    @Override
    public @Nullable String identity() {
        return identity;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
