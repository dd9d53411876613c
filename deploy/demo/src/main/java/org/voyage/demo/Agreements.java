package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What cooperative institutions and programmes have in common: partners, approval and the days of their life. */
final class Agreements {

    private static final LocalDate STILL_APPROVED = LocalDate.of(2025, 7, 1);
    private static final int SUSPENDED_EVERY = 43;

    private final Random random;
    private final Countries countries;
    private final Map<String, String> names;
    private final Quota alongTheRoad;

    /**
     * @param slots of all that are filled; published without a date, the number along the road is the same from August
     *     2021 on
     * @param alongTheRoad how many of them have their partner in a Belt and Road country
     */
    Agreements(Random random, List<Slot> slots, int alongTheRoad) {
        this.random = random;
        this.countries = new Countries(random);
        this.names = Countries.names();
        this.alongTheRoad =
                new Quota(alongTheRoad, slots.stream().filter(Agreements::lasts).count());
    }

    Row fill(Row row, Slot slot, String college, String what) {
        return fill(row, slot, college, what, countries.cooperation(lasts(slot) && alongTheRoad.next()), "ordinary");
    }

    Row fill(Row row, Slot slot, String college, String what, String country, String scheme) {
        String partner = "Example University of Applied Sciences %d".formatted(1 + random.nextInt(60));
        boolean suspended = random.nextInt(SUSPENDED_EVERY) == 0;
        LocalDate enrolling = enrolling(slot);
        String status = slot.closedOn() != null
                ? "terminated"
                : enrolling == null ? "approved" : suspended ? "suspended" : "enrolling";
        return row.with("name", "示例院校%s与%s示例大学合作举办的%s".formatted(college.substring(7), names.get(country), what))
                .with("college", college)
                .with("foreignPartners", List.of(new School.Partner(partner, country)))
                .with("approvalNumber", "EXAMPLE-%s-%s".formatted(row.province(), row.sourceId()))
                .with("approvedOn", slot.openedOn())
                .with("scheme", scheme)
                .with("status", status)
                .with("enrollingFrom", enrolling)
                .with("terminatedOn", slot.closedOn());
    }

    /** The first of September that follows the approval, unless it ends before or is not there yet. */
    private static @Nullable LocalDate enrolling(Slot slot) {
        LocalDate september = LocalDate.of(slot.openedOn().getYear(), 9, 1);
        LocalDate first = september.isBefore(slot.openedOn()) ? september.plusYears(1) : september;
        boolean ends = slot.closedOn() != null && slot.closedOn().isBefore(first);
        return ends || slot.openedOn().isAfter(STILL_APPROVED) ? null : first;
    }

    /** Begun by August 2021, and never ended. */
    private static boolean lasts(Slot slot) {
        return slot.standsAt(Timeline.AUGUST_2021) && slot.closedOn() == null;
    }
}
