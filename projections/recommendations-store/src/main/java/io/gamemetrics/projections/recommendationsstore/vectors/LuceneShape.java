package io.gamemetrics.projections.recommendationsstore.vectors;

import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Shape;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Similarity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A collection's shape, in a file beside its index: an index without points doesn't know it. */
final class LuceneShape {

    private LuceneShape() {}

    static Path file(Path folder) {
        return folder.resolve("shape");
    }

    static void write(Path folder, Shape shape) throws IOException {
        Files.writeString(file(folder), shape.similarity() + " " + shape.dimension());
    }

    /** @throws VectorStoreException when there is no such collection */
    static Shape read(Path folder) {
        try {
            String[] parts = Files.readString(file(folder)).split(" ", 2);
            return new Shape(Integer.parseInt(parts[1]), Similarity.valueOf(parts[0]));
        } catch (NoSuchFileException e) {
            throw new VectorStoreException("there is no such collection of vectors");
        } catch (IOException e) {
            throw new VectorStoreException("a collection of vectors can't be read", e);
        }
    }
}
