package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What cooperative institutions and programmes have in common: partners, approval and the days of their life. */
final class Agreements {

    /** The day for which the number of partners in Belt and Road countries is constructed. */
    static final LocalDate COUNTED = LocalDate.of(2022, 12, 31);

    private static final LocalDate STILL_APPROVED = LocalDate.of(2025, 7, 1);
    private static final int SUSPENDED_EVERY = 43;

    private final Random random;
    private final Countries countries;
    private final Map<String, String> names;
    private final int standing;
    private final int alongTheRoad;
    private int counted;

    /** @param alongTheRoad how many of those {@code standing} have their partner in a Belt and Road country */
    Agreements(Random random, int standing, int alongTheRoad) {
        this.random = random;
        this.countries = new Countries(random);
        this.names = Countries.names();
        this.standing = standing;
        this.alongTheRoad = alongTheRoad;
    }

    Row fill(Row row, Slot slot, String college, String what) {
        return fill(row, slot, college, what, countries.cooperation(alongTheRoad(slot)), "ordinary");
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

    /** Evenly among those that stand on the day. */
    private boolean alongTheRoad(Slot slot) {
        if (!slot.standsAt(COUNTED)) {
            return false;
        }
        counted++;
        return counted * alongTheRoad / standing > (counted - 1) * alongTheRoad / standing;
    }
}
