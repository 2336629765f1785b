package io.gamemetrics.commandside.player;

/** What became of a moderator's wish. */
public enum Moderated {
    DONE,
    /** It was so already, or the same wish had been decided before. */
    UNCHANGED,
    /** The player is being erased, or was. */
    ERASED,
    /** The player is banned from as many single boards as can be; a ban from all of them is still possible. */
    TOO_MANY_BOARDS
}
