package org.voyage.kit.record;

import java.util.NoSuchElementException;
import java.util.UUID;

/**
 * What made a record change.
 *
 * @param id of the request, the batch, the count or the republication
 * @param actor the client that sent it; of a count the service
 */
public record Cause(Kind kind, String id, String actor) {

    public enum Kind {
        REQUEST("request"),
        BATCH("batch"),
        PARKED("parked"),
        RENAME("rename"),
        MERGE("merge"),
        TALLY("tally"),
        REPUBLICATION("republication");

        private static final Kind[] VALUES = values();

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static Kind of(String code) {
            for (Kind kind : VALUES) {
                if (kind.code.equals(code)) {
                    return kind;
                }
            }
            throw new NoSuchElementException(code);
        }
    }

    public static Cause request(String requestId, String actor) {
        return new Cause(Kind.REQUEST, requestId, actor);
    }

    public static Cause batch(UUID batch, String actor) {
        return new Cause(Kind.BATCH, batch.toString(), actor);
    }

    /** The same sending, applied only now that what it waited for has come. */
    Cause afterParking() {
        return new Cause(Kind.PARKED, id, actor);
    }

    /** The same request, which moves a record to another key. */
    Cause moving(Kind how) {
        return new Cause(how, id, actor);
    }

    /** The service counted what had come meanwhile. */
    static Cause tally(String service) {
        return new Cause(Kind.TALLY, UUID.randomUUID().toString(), service);
    }

    public static Cause republication(String actor) {
        return new Cause(Kind.REPUBLICATION, UUID.randomUUID().toString(), actor);
    }
}
