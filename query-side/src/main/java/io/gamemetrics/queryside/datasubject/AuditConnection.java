package io.gamemetrics.queryside.datasubject;

import io.gamemetrics.infrastructure.privacy.SubjectRequestsReader.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the audit; an entry's cursor is its number. */
record AuditConnection(List<Edge> edges, PageEnds pageInfo) {

    record Edge(String cursor, Entry node) {}

    public List<Entry> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    /** @param found one more than asked for, when there are more */
    static AuditConnection of(List<Entry> found, int first, @Nullable String after) {
        List<Edge> edges = found.stream()
                .limit(first)
                .map(node -> new Edge(Long.toString(node.number()), node))
                .toList();
        return new AuditConnection(
                edges,
                PageEnds.of(
                        after,
                        found.size() > first,
                        edges.stream().map(Edge::cursor).toList()));
    }
}
