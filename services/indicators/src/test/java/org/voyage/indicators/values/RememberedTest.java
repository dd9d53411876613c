package org.voyage.indicators.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.live.History;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.live.World;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Period;

class RememberedTest {

    private static final Wanted WANTED = new Wanted(0, true, false);
    private static final List<FigureQuery> QUESTIONS = Stream.of(
                    "inbound-students", "inbound-nationalities", "inbound-assessed-share", "overseas-schools")
            .map(code -> new FigureQuery(
                    World.CATALOGUE.find(code).orElseThrow(),
                    List.of(new By.Year(), new By.Dimension("region")),
                    Map.of(),
                    List.of(),
                    new Period.Current()))
            .toList();

    private final World world = new World();
    private final Remembered remembered = new Remembered(world.figures);

    @Test
    void answers_are_those_that_counting_anew_gives_after_every_event() {
        for (Version version : new History(new Random(20261125)).deliveries()) {
            world.deliver(List.of(version));
            QUESTIONS.forEach(this::isAsCountedAnew);
        }
    }

    @Test
    void what_has_not_moved_is_not_counted_again_whatever_else_has() {
        History history = new History(new Random(7));
        world.deliver(history.deliveries());
        List<Counted> before = QUESTIONS.stream().map(this::asked).toList();

        world.deliver(List.of(new Version("standard", "12/NEW", 1, "created", Map.of("kind", "curriculum"))));

        for (int i = 0; i < before.size(); i++) {
            assertThat(asked(QUESTIONS.get(i)).cells()).isSameAs(before.get(i).cells());
        }
    }

    private void isAsCountedAnew(FigureQuery query) {
        Counted anew = world.live.read(cut -> Counted.in(cut, query, WANTED, world.figures, Optional.empty()));
        assertThat(asked(query)).isEqualTo(anew);
    }

    private Counted asked(FigureQuery query) {
        return world.live.read(cut -> remembered.counted(cut, query, WANTED, Optional.empty()));
    }
}
