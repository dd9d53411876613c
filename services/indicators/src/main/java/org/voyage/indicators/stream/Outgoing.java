package org.voyage.indicators.stream;

import java.util.List;

/** Something to tell a client. */
sealed interface Outgoing {

    /** Of two with the same key the newer replaces the older while they wait. */
    Object key();

    /** This one, when an older one of the same key was not taken yet. */
    default Outgoing after(Outgoing older) {
        return this;
    }

    /** @param number what {@code Last-Event-ID} names to go on after it; 0 when nobody can */
    record Value(long number, Change change) implements Outgoing {
        @Override
        public Object key() {
            return List.of(change.indicator(), change.slice());
        }

        @Override
        public Outgoing after(Outgoing older) {
            if (!(older instanceof Value value) || change.previous() == null) {
                return this;
            }
            Number previous = value.change().previous();
            return new Value(
                    number,
                    new Change(
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
    record Reset() implements Outgoing {
        @Override
        public Object key() {
            return "reset";
        }
    }

    record Heartbeat() implements Outgoing {
        @Override
        public Object key() {
            return "heartbeat";
        }
    }
}
