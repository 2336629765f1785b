package io.gamemetrics.infrastructure.web;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The request as if it had been sent unpacked. Its body is read once, by one thread. */
final class LimitedRequest extends HttpServletRequestWrapper {

    private final boolean gzip;
    private final long maxBytes;
    private @Nullable LimitedBody body;

    LimitedRequest(HttpServletRequest request, boolean gzip, long maxBytes) {
        super(request);
        this.gzip = gzip;
        this.maxBytes = maxBytes;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new LimitedBody(super.getInputStream(), gzip, maxBytes);
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    /** Unknown once the body is unpacked. */
    @Override
    public long getContentLengthLong() {
        return gzip ? -1 : super.getContentLengthLong();
    }

    @Override
    public int getContentLength() {
        return gzip ? -1 : super.getContentLength();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return hidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return hidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(this::hidden);
        return Collections.enumeration(names);
    }

    private boolean hidden(String header) {
        return gzip
                && (HttpHeaders.CONTENT_ENCODING.equalsIgnoreCase(header)
                        || HttpHeaders.CONTENT_LENGTH.equalsIgnoreCase(header));
    }
}
