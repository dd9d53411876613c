package org.voyage.indicators.feature.stream;

import java.util.List;
import org.voyage.indicators.feature.completeness.YearStateChange;
import org.voyage.indicators.live.LiveFreshness;

/** Message to a client of the stream. */
sealed interface StreamMessage {

    /**
     * Returns the key for conflation: while two messages wait, the newer one replaces the older one with the same key.
     */
    Object conflationKey();

    /** Returns this message, merged with an older one of the same key that the client has not taken yet. */
    default StreamMessage mergeOlder(StreamMessage older) {
        return this;
    }

    /**
     * Value of a slice. It is current at the position of the connection, which its event reports.
     *
     * @param number value of {@code Last-Event-ID} to continue after it; 0 when no client can continue from it
     */
    record ValueMessage(long number, SliceChange change) implements StreamMessage {
        @Override
        public Object conflationKey() {
            return List.of(change.indicator(), change.slice(), change.period());
        }

        @Override
        public StreamMessage mergeOlder(StreamMessage older) {
            return older instanceof ValueMessage value && change.previous() != null
                    ? new ValueMessage(
                            number, change.withPrevious(value.change().previous()))
                    : this;
        }
    }

    /**
     * Change that a returning client has missed. Each is sent. Its value may have changed since, so its event reports no
     * position.
     */
    record MissedMessage(long number, SliceChange change) implements StreamMessage {
        @Override
        public Object conflationKey() {
            return number;
        }
    }

    /** The client's state is too old to continue from; first values follow. */
    record ResetMessage() implements StreamMessage {
        @Override
        public Object conflationKey() {
            return "reset";
        }
    }

    /** How far the figures are behind the log. */
    record StandingMessage(LiveFreshness standing) implements StreamMessage {
        @Override
        public Object conflationKey() {
            return "standing";
        }
    }

    /** A year has another state. */
    record YearStateMessage(YearStateChange moved) implements StreamMessage {
        @Override
        public Object conflationKey() {
            return List.of("year-state", moved.service(), moved.province(), moved.year());
        }
    }

    record HeartbeatMessage() implements StreamMessage {
        @Override
        public Object conflationKey() {
            return "heartbeat";
        }
    }
}
