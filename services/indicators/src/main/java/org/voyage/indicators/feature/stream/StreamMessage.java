package org.voyage.indicators.feature.stream;

import java.util.List;

/** Something to tell a client. */
sealed interface StreamMessage {

    /** Of two with the same key the newer replaces the older while they wait. */
    Object conflationKey();

    /** This one, when an older one of the same key was not taken yet. */
    default StreamMessage mergeOlder(StreamMessage older) {
        return this;
    }

    /** @param number what {@code Last-Event-ID} names to go on after it; 0 when nobody can */
    record ValueMessage(long number, StreamedChange change) implements StreamMessage {
        @Override
        public Object conflationKey() {
            return List.of(change.indicator(), change.slice());
        }

        @Override
        public StreamMessage mergeOlder(StreamMessage older) {
            if (!(older instanceof ValueMessage value) || change.previous() == null) {
                return this;
            }
            Number previous = value.change().previous();
            return new ValueMessage(
                    number,
                    new StreamedChange(
                            change.indicator(),
                            change.slice(),
                            change.period(),
                            change.value(),
                            previous,
                            change.position(),
                            change.cause(),
                            change.version()));
        }
    }

    /** What the client knows is too old to go on from: first values follow. */
    record ResetMessage() implements StreamMessage {
        @Override
        public Object conflationKey() {
            return "reset";
        }
    }

    record HeartbeatMessage() implements StreamMessage {
        @Override
        public Object conflationKey() {
            return "heartbeat";
        }
    }
}
