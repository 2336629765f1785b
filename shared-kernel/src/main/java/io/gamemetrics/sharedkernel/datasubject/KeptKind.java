package io.gamemetrics.sharedkernel.datasubject;

/** What of an erased player can be kept for a while, where a law asks for it (article 17(3)). */
public enum KeptKind {
    /** Purchases and their refunds, as far as books need them. */
    PURCHASES
}
