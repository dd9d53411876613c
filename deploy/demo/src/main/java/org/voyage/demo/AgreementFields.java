package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Generator of the fields that cooperative institutions and programmes share: partners, approval and lifecycle days.
 */
final class AgreementFields {

    private static final LocalDate LAST_ENROLLING_APPROVAL = LocalDate.of(2025, 7, 1);
    private static final int SUSPENDED_INTERVAL = 43;

    private final Random random;
    private final CountryDraw countries;
    private final Map<String, String> names;
    private final EvenQuota alongTheRoad;

    /**
     * Creates a generator.
     *
     * @param slots periods of all agreements to fill; the number along the Belt and Road was published without a date
     *     and is constant from August 2021 on
     * @param alongTheRoad number of agreements with a partner in a Belt and Road country
     */
    AgreementFields(Random random, List<OpenPeriod> slots, int alongTheRoad) {
        this.random = random;
        this.countries = new CountryDraw(random);
        this.names = CountryDraw.chineseNames();
        this.alongTheRoad = new EvenQuota(
                alongTheRoad, slots.stream().filter(AgreementFields::isLasting).count());
    }

    RecordRow fillAgreement(RecordRow row, OpenPeriod slot, String college, String what) {
        return fillAgreement(
                row,
                slot,
                college,
                what,
                countries.drawCooperation(isLasting(slot) && alongTheRoad.takeNext()),
                "ordinary");
    }

    RecordRow fillAgreement(
            RecordRow row, OpenPeriod slot, String college, String what, String country, String scheme) {
        String partner = "Example University of Applied Sciences %d".formatted(1 + random.nextInt(60));
        boolean suspended = random.nextInt(SUSPENDED_INTERVAL) == 0;
        LocalDate enrolling = enrollingFrom(slot);
        String status = slot.closedOn() != null
                ? "terminated"
                : enrolling == null ? "approved" : suspended ? "suspended" : "enrolling";
        return row.withField("name", "示例院校%s与%s示例大学合作举办的%s".formatted(college.substring(7), names.get(country), what))
                .withField("college", college)
                .withField("foreignPartners", List.of(new OverseasSchool.SchoolPartner(partner, country)))
                .withField("approvalNumber", "EXAMPLE-%s-%s".formatted(row.province(), row.sourceId()))
                .withField("approvedOn", slot.openedOn())
                .withField("scheme", scheme)
                .withField("status", status)
                .withField("enrollingFrom", enrolling)
                .withField("terminatedOn", slot.closedOn());
    }

    /**
     * Returns the first of September after the approval; null if the agreement ends before or the day is still to come.
     */
    private static @Nullable LocalDate enrollingFrom(OpenPeriod slot) {
        LocalDate september = LocalDate.of(slot.openedOn().getYear(), 9, 1);
        LocalDate first = september.isBefore(slot.openedOn()) ? september.plusYears(1) : september;
        boolean ends = slot.closedOn() != null && slot.closedOn().isBefore(first);
        return ends || slot.openedOn().isAfter(LAST_ENROLLING_APPROVAL) ? null : first;
    }

    /** Returns whether the agreement began by August 2021 and never ended. */
    private static boolean isLasting(OpenPeriod slot) {
        return slot.existsAt(SchoolTimeline.AUGUST_2021) && slot.closedOn() == null;
    }
}
