package io.gamemetrics.infrastructure.endtoendtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * What lies in the indexes of vectors as texts. Lucene packs what it stores and shares the beginnings of terms, so its own
 * reader is asked: for every document whose bytes are still there, deleted or not, and for every term.
 */
final class UnpackedVectors {

    private UnpackedVectors() {}

    /** Writes them into a folder that is there, a file an index. */
    static void write(Path vectors, Path into) throws IOException {
        try (Stream<Path> indexes = Files.list(vectors)) {
            for (Path index : indexes.filter(Files::isDirectory).toList()) {
                Files.write(into.resolve(index.getFileName().toString()), texts(index));
            }
        }
    }

    private static List<String> texts(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Directory directory = new MMapDirectory(folder)) {
            if (DirectoryReader.indexExists(directory)) {
                try (DirectoryReader index = DirectoryReader.open(directory)) {
                    for (LeafReaderContext leaf : index.leaves()) {
                        addStored(leaf.reader(), texts);
                        addTerms(leaf.reader(), texts);
                    }
                }
            }
        }
        return texts;
    }

    private static void addStored(LeafReader segment, List<String> texts) throws IOException {
        StoredFields stored = segment.storedFields();
        for (int document = 0; document < segment.maxDoc(); document++) {
            for (IndexableField field : stored.document(document)) {
                texts.add(field.name() + " " + field.stringValue());
            }
        }
    }

    private static void addTerms(LeafReader segment, List<String> texts) throws IOException {
        for (FieldInfo field : segment.getFieldInfos()) {
            Terms terms = segment.terms(field.name);
            if (terms != null) {
                TermsEnum each = terms.iterator();
                while (each.next() != null) {
                    texts.add(field.name + " " + each.term().utf8ToString());
                }
            }
        }
    }
}
