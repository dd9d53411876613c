package org.voyage.kittest;

/**
 * Trap of feeds: a fault that feeds of other projects had, or nearly had. Each has at least one {@link TrapTest}; {@code
 * FeedTrapTest} fails when one has none.
 */
public enum FeedTrap {
    /** 1. A record that leaves the scope names where it went. */
    LEAVING_NAMES_DESTINATION,
    /** 2. The scope moves by a day, a list, a region or a member, and no event follows. */
    SCOPE_MOVES_WITHOUT_WRITE,
    /** 3. A record beyond the scan of a wider scope is reported live, and corrected before it was present. */
    WIDENING_AHEAD_OF_SCAN,
    /** 4. Fields are opened or closed, and copies keep the former ones. */
    WIDENED_OR_NARROWED_FIELDS,
    /** 5. A narrower grant misses events that are numbered and not read yet, in a queue, or in a topic. */
    NARROWING_OF_NUMBERED_EVENTS,
    /** 6. A recognition comes before its standard, or stays after it. */
    RECOGNITION_BEFORE_STANDARD,
    /** 7. A renamed or merged record ends twice, begins twice, or names a record out of scope. */
    RENAME_AND_MERGE,
    /** 8. A republished version makes an event, or another content of a known version is taken. */
    REPUBLISHED_VERSION,
    /** 9. A change of hidden fields makes an event. */
    HIDDEN_FIELDS_ONLY,
    /** 10. Two changes between two evaluations become one event, or none. */
    CHANGES_BETWEEN_EVALUATIONS,
    /** 11. The digest of withheld data gives small data away. */
    GUESSED_DIGEST,
    /** 12. JSON is written again, and its bytes differ from the signed ones. */
    REWRITTEN_BYTES,
    /** 13. Numbers of a database sequence have holes and are not in the order of commits. */
    NUMBERS_WITH_HOLES,
    /** 14. A sequence is an integer of 32 bits, or a text whose order is not that of the numbers. */
    SEQUENCE_AS_INTEGER,
    /** 15. A restore gives a number to another event, or a topic that was made again is incomplete. */
    RESTORED_DATABASE_OR_LOG,
    /** 16. A former key of checkpoints is no longer published. */
    CHECKPOINT_KEY_ROTATION,
    /** 17. A secret that is shown once stays in the store of repeated answers. */
    SECRET_IN_IDEMPOTENCY_STORE,
    /** 18. A remembered token, an open stream or a long poll goes on after a suspension. */
    REMEMBERED_TOKEN_AFTER_SUSPENSION,
    /** 19. A position or cursor of another feed is answered otherwise than an unknown one. */
    POSITION_OF_ANOTHER_FEED,
    /** 20. Numbers that count over all alliances show how much the others get. */
    GLOBAL_COUNTERS,
    /** 21. Records of feeds make suppressed figures exact. */
    FEEDS_AS_FURTHER_KNOWLEDGE,
    /** 22. Events of figures show persons by their differences. */
    FIGURES_AS_DIFFERENCING_ORACLE,
    /** 23. The reply of a receiver is kept at length, with control characters, or for others. */
    FOREIGN_REPLY_TEXT,
    /** 24. An endpoint that never proved itself gets events. */
    ENDPOINT_OF_THIRD_PARTY,
    /** 25. The low-water mark passes an unfinished event, or waits for a skipped one. */
    LOW_WATER_OVER_SKIPPED,
    /** 26. A holder of an expired lease notes what it sent, and a hole or a second content follows. */
    EXPIRED_LEASE,
    /** 27. Tries count while the whole endpoint is down, and events are set aside. */
    TRIES_DURING_OUTAGE,
    /** 28. A refused batch is sent in another composition, or sets sound events aside. */
    POISON_IN_BATCH,
    /** 29. Unread events expire without a warning. */
    UNREAD_AT_RETENTION,
    /** 30. One broken feed or event stops all others. */
    ONE_BROKEN_FEED,
    /** 31. Offsets of a topic, which transactions use too, are taken for numbers of events. */
    OFFSET_IS_NO_SEQUENCE,
    /** 32. Batches of events are sent without gzip, because their media type is not known. */
    UNPACKED_BATCH_TYPE,
    /** 33. Figures reach alliances by a call between services and not by the log. */
    FIGURES_BY_CALL,
    /** 34. A name has a public and a private address, and the public one lets it pass. */
    NAME_WITH_PRIVATE_ADDRESS,
    /** 35. The timestamp of a webhook is that of the event and not of the try, or a repeat has another id. */
    TIMESTAMP_OF_EVENT
}
