package org.voyage.kit.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Scope;
import org.voyage.kit.outbox.LogEnd;
import org.voyage.kit.outbox.Outbox;

/**
 * Pages of lists as they were read, for who asks the same while nothing was written (docs/adr/0018).
 *
 * <p>Whatever changes records draws a position of the log before it ends. So a page that was read when every position up
 * to the end of the log was settled is what the database would answer as long as the log ends there. Where it ends is looked
 * up for each request anew, by a look that begins after the request: a write of any instance that was acknowledged before
 * is in the answer.
 *
 * <p>Most pages are asked for once. Remembered is one that is asked for a second time.
 */
@ApplicationScoped
class RememberedPages {

    /** For what is done to tables past every service. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Of what there is beside the bytes of a page, about. */
    private static final int AROUND = 1_000;

    private final Outbox outbox;
    private final SharedLook<LogEnd> end;
    private final Cache<Question, Known> known;

    RememberedPages(Outbox outbox, RecordConfig config) {
        this.outbox = outbox;
        this.end = new SharedLook<>(outbox::end);
        this.known = Caffeine.newBuilder()
                // Its upkeep is shorter than waking up a thread for it.
                .executor(Runnable::run)
                .maximumWeight(config.rememberPages().asLongValue())
                .<Question, Known>weigher((question, its) -> its.bytes() + AROUND)
                .expireAfterWrite(LONGEST)
                .build();
    }

    /** Who gives the same statement and arguments, and sees as much, gets the same. */
    record Question(Scope scope, String sql, List<Object> arguments) {}

    /** What was asked for, and the page as it was read, if it was worth it. */
    private record Known(@Nullable LogEnd end, @Nullable StoredPage page) {

        static final Known ASKED = new Known(null, null);

        int bytes() {
            return page == null ? 0 : page.items().length;
        }
    }

    /** @param read reads the page in a statement that begins when it is called */
    StoredPage get(Question question, Supplier<StoredPage> read) {
        Known before = known.asMap().putIfAbsent(question, Known.ASKED);
        if (before == null) {
            return read.get();
        }
        if (before.page != null && end.fresh().equals(before.end)) {
            return before.page;
        }
        LogEnd settled = outbox.settled();
        StoredPage page = read.get();
        if (page.whole()) {
            known.put(question, new Known(settled, page));
        }
        return page;
    }
}
