package io.gamemetrics.projections.runtime;

/** The partition can't go on before somebody acts; others do. The message is one sentence for operators. */
final class PartitionPausedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PartitionPausedException(String sentence) {
        super(sentence);
    }
}
