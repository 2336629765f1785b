package io.gamemetrics.infrastructure.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** A body that ends the request when it grows beyond its limit, counted after unpacking. */
final class LimitedBody extends ServletInputStream {

    private static final int BUFFER_BYTES = 8_192;

    private final ServletInputStream packed;
    private final boolean gzip;
    private final long maxBytes;
    private @Nullable InputStream unpacked;
    private long count;
    private boolean finished;

    LimitedBody(ServletInputStream packed, boolean gzip, long maxBytes) {
        this.packed = packed;
        this.gzip = gzip;
        this.maxBytes = maxBytes;
    }

    static Refusal tooLarge(long maxBytes) {
        return new Refusal(RequestProblem.BODY_TOO_LARGE).with("maxBytes", maxBytes);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = source().read(buffer, offset, length);
        } catch (ZipException | EOFException e) {
            throw new Refusal(RequestProblem.BODY_NOT_GZIP);
        }
        if (read < 0) {
            finished = true;
        } else {
            count += read;
            if (count > maxBytes) {
                throw tooLarge(maxBytes);
            }
        }
        return read;
    }

    private InputStream source() throws IOException {
        if (unpacked == null) {
            unpacked = gzip ? new GZIPInputStream(packed, BUFFER_BYTES) : packed;
        }
        return unpacked;
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** Bodies are read blocking, on virtual threads. */
    @Override
    public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException("bodies are read blocking");
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }
}
