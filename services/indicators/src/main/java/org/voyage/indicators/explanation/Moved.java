package org.voyage.indicators.explanation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A counted value as it was known at one moment and at a later one, and what moved it. The parts add up to the difference. */
public final class Moved {

    private final Known from;
    private final Known to;
    private final String period;
    private final Movement movement;

    Moved(Known from, Known to, String period, Movement movement) {
        this.from = from;
        this.to = to;
        this.period = period;
        this.movement = movement;
    }

    /** @param offsets per topic and partition the offset of the first event that was not known yet */
    public record Known(Instant moment, Map<String, Map<String, Long>> offsets, long value) {}

    /** What one cause did. @param events how many events moved the value; 0 for time that passed */
    public record Part(Why cause, int events, long amount) {}

    public Known from() {
        return from;
    }

    public Known to() {
        return to;
    }

    public long difference() {
        return to.value() - from.value();
    }

    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        movement.effects()
                .forEach((why, effects) -> parts.add(new Part(
                        why,
                        effects.size(),
                        effects.stream().mapToLong(Movement.Effect::amount).sum())));
        movement.passed().forEach((why, amount) -> parts.add(new Part(why, 0, amount)));
        return parts;
    }

    /** The year or period that the value is about. */
    String period() {
        return period;
    }

    Movement movement() {
        return movement;
    }
}
