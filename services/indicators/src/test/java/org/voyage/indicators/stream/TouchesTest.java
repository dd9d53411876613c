package org.voyage.indicators.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.live.World;
import org.voyage.indicators.stream.Touches.Touch;

class TouchesTest {

    private static final int MANY = 50_000;

    private final World world = new World();

    @Test
    void however_much_comes_the_last_touch_at_each_code_is_remembered() {
        Tally tally = tally("overseas-schools");
        Touches touches = new Touches(tally);
        Touch before = touch(tally, 1, "hostCountry", 7);
        Touch last = touch(tally, 2, "hostCountry", 7);
        touches.note(before);
        touches.note(last);

        for (int i = 0; i < MANY; i++) {
            touches.note(touch(tally, 3 + i, "hostCountry", 8));
        }

        assertThat(touches.all()).contains(last).doesNotContain(before).hasSizeLessThan(5_000);
        assertThat(touches.all().getLast().number()).isEqualTo(2 + MANY);
        assertThat(touches.all()).extracting(Touch::number).isSorted();
    }

    /** Each record that is counted once is a code of its own, and nobody can watch it. */
    @Test
    void what_is_only_counted_once_is_not_remembered_for_ever() {
        Tally tally = tally("overseas-majors");
        Touches touches = new Touches(tally);

        for (int i = 0; i < MANY; i++) {
            touches.note(touch(tally, i, "majors", i));
        }

        assertThat(touches.all()).hasSizeLessThan(5_000);
    }

    private Tally tally(String code) {
        return world.live.read(cut -> cut.tally(code));
    }

    private static Touch touch(Tally tally, long number, String field, int code) {
        int[] at = tally.room();
        at[tally.column(field)] = code;
        at[at.length - 1] = (int) LocalDate.of(2022, 1, 1).toEpochDay();
        return new Touch(number, at, 1, new Cause("overseas.overseas-school", "12/" + number, 1, "created"));
    }
}
