package io.gamemetrics.infrastructure.datamap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a stored field says of a person. In the files each is written in lower case, with a hyphen. */
public enum Nature {
    NONE(false, "says nothing of a person"),
    IDENTIFIER(true, "says who somebody is to whoever reads it"),
    PSEUDONYM(true, "leads to a person through the vault only, or is a keyed hash of what names one"),
    FREE_TEXT(true, "somebody's own words, which may hold anything"),
    BEHAVIOUR(true, "what a person did, had or was measured by; it names nobody itself"),
    CIPHERTEXT(true, "encrypted; what it holds is in the map under the name of what was encrypted"),
    KEY(true, "a key that opens what is encrypted of a person, wrapped by one that lies elsewhere"),
    STAFF(true, "who of the studio did something: the token's subject, or the id of a key");

    private final boolean personal;
    private final String meaning;

    Nature(boolean personal, String meaning) {
        this.personal = personal;
        this.meaning = meaning;
    }

    /** Whether the field is personal data in the sense of the law. */
    public boolean personal() {
        return personal;
    }

    /** Half a sentence that says what it is. */
    public String meaning() {
        return meaning;
    }

    /** As it is written in the files and the document. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Nature> of(String word) {
        return Arrays.stream(values())
                .filter(nature -> nature.word().equals(word))
                .findFirst();
    }
}
