package io.gamemetrics.commandside.ingestion;

/** What can be wrong with one field. The word is the last part of a problem's code. */
enum FieldProblem {
    MISSING("missing", "The field is required."),
    TYPE("type", "The field has the wrong JSON type."),
    LENGTH("length", "The text is empty or too long, or has too many entries."),
    FORMAT("format", "The text does not have the required form."),
    RANGE("range", "The number is outside the range allowed."),
    UNKNOWN("unknown", "The value is not one of those that exist.");

    private final String word;
    private final String meaning;

    FieldProblem(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    String word() {
        return word;
    }

    String meaning() {
        return meaning;
    }
}
