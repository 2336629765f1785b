package io.gamemetrics.projections.recommendationsstore.vectors;

import java.nio.file.Path;

/** Chooses the store of vectors: Qdrant where an address is set, else an index on this machine's disk. */
public final class Vectors {

    private static final String FOLDER = "vectors";

    private Vectors() {}

    /**
     * For the process that makes vectors.
     *
     * @param url of Qdrant's gRPC; empty: none
     * @param apiKey empty: none
     * @param data the data folder
     */
    public static VectorStore writing(String url, String apiKey, Path data) {
        return url.isEmpty() ? LuceneVectors.writing(data.resolve(FOLDER)) : qdrant(url, apiKey);
    }

    /** The same for a process that only searches: without Qdrant it has to run on the machine of the one that writes. */
    public static VectorStore reading(String url, String apiKey, Path data) {
        return url.isEmpty() ? LuceneVectors.reading(data.resolve(FOLDER)) : qdrant(url, apiKey);
    }

    /**
     * One version's part of a store: the same names mean other collections for each. The first version's are named as they
     * are. Closing it closes nothing.
     */
    public static VectorStore ofVersion(VectorStore all, int version) {
        return new VersionVectors(all, version);
    }

    private static VectorStore qdrant(String url, String apiKey) {
        return QdrantVectors.at(new QdrantAddress(url, apiKey.isEmpty() ? null : apiKey));
    }
}
