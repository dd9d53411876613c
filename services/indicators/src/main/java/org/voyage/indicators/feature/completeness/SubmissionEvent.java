package org.voyage.indicators.feature.completeness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.VersionOrder;

/** Submission event of a service: about an uploaded file, the outstanding rows of a record, or the state of a year. */
sealed interface SubmissionEvent {

    /** Returns whether the event is a republication of the newest version. */
    boolean isRepublished();

    /**
     * @param refused rows, also of a file that stored nothing
     * @param years the rows by the year that they are about; empty when the service did not send them yet
     */
    record FileEvent(
            String service,
            String province,
            String batch,
            int version,
            boolean isRepublished,
            String record,
            long rows,
            long refused,
            Instant finishedAt,
            List<FileYearRows> years)
            implements SubmissionEvent {}

    /**
     * Rows of a file about one year.
     *
     * @param year empty for rows without a readable year
     */
    record FileYearRows(OptionalInt year, long refused) {}

    /**
     * The submitted rows of one record that did not become records.
     *
     * @param years by the year that the rows are about; an absent year has no such rows
     */
    record OutstandingEvent(
            String service,
            String province,
            String record,
            int version,
            boolean isRepublished,
            Instant recordedAt,
            List<OutstandingYear> years)
            implements SubmissionEvent {}

    /**
     * @param year empty for rows without a readable year
     * @param waitingRows rows of files and single writes that wait now
     * @param refused single writes that were refused so far
     */
    record OutstandingYear(OptionalInt year, long waitingRows, long refused) {}

    record YearStateEvent(
            String service, String province, int year, int version, boolean isRepublished, String state, Instant since)
            implements SubmissionEvent {}

    /** End of a file or of a year, which the service no longer has. */
    record WithdrawnEvent(String service, String province, String sourceId, int version, boolean isYear)
            implements SubmissionEvent {
        @Override
        public boolean isRepublished() {
            return false;
        }
    }

    ObjectMapper JSON = new ObjectMapper();

    /** Lower bound of the timestamps; PostgreSQL can store earlier ones. */
    Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");

    Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59Z");

    /** Services send no longer texts; an index entry has at most 2,700 bytes. */
    int MAX_TEXT_LENGTH = 200;

    /** Upper bound of a count; sums of such counts do not overflow. */
    long MAX_COUNT = 1_000_000_000_000L;

    /**
     * @return the end of a file or year that was withdrawn, or its state
     * @throws UnreadableEventException when it is none of the three
     */
    static SubmissionEvent parse(LogMessage message) throws UnreadableEventException {
        String topic = message.topic();
        String service = topic.substring(0, topic.indexOf('.'));
        byte[] value = message.copyValue();
        if (value == null) {
            throw new UnreadableEventException("it has no content");
        }
        try {
            JsonNode event = JSON.readTree(value);
            JsonNode after = event.path("after");
            return switch (message.record()) {
                case "outstanding" -> parseOutstanding(service, event, message.epoch(), after);
                case "batch" ->
                    after.isNull()
                            ? parseWithdrawn(service, event, message.epoch(), false)
                            : parseFile(service, event, message.epoch(), after);
                default ->
                    after.isNull()
                            ? parseWithdrawn(service, event, message.epoch(), true)
                            : parseYear(service, event, message.epoch(), after);
            };
        } catch (JsonProcessingException e) {
            throw new UnreadableEventException("it is not JSON: " + e.getOriginalMessage());
        } catch (DateTimeException | IOException e) {
            throw new UnreadableEventException("it cannot be read: " + e.getMessage());
        }
    }

    private static FileEvent parseFile(String service, JsonNode event, int epoch, JsonNode after)
            throws UnreadableEventException {
        JsonNode counts = after.path("counts");
        return new FileEvent(
                service,
                requireText(event, "province"),
                requireText(event, "sourceId"),
                requireOrder(event, epoch),
                event.path("change").asText().equals("republished"),
                requireText(after, "record"),
                requireCount(counts, "rows"),
                requireCount(counts, "refused"),
                requireInstant(after, "finishedAt"),
                after.has("years")
                        ? parseYears(after, (year, rows) -> new FileYearRows(year, requireCount(rows, "refused")))
                        : List.of());
    }

    private static OutstandingEvent parseOutstanding(String service, JsonNode event, int epoch, JsonNode after)
            throws UnreadableEventException {
        return new OutstandingEvent(
                service,
                requireText(event, "province"),
                requireText(event, "sourceId"),
                requireOrder(event, epoch),
                event.path("change").asText().equals("republished"),
                requireInstant(event, "recordedAt"),
                after.isNull()
                        ? List.of()
                        : parseYears(
                                after,
                                (year, its) -> new OutstandingYear(
                                        year, requireCount(its, "waiting"), requireCount(its, "refused"))));
    }

    interface YearEntryReader<T> {
        T readEntry(OptionalInt year, JsonNode told) throws UnreadableEventException;
    }

    private static <T> List<T> parseYears(JsonNode after, YearEntryReader<T> reader) throws UnreadableEventException {
        JsonNode told = after.path("years");
        if (!told.isArray()) {
            throw new UnreadableEventException("years is no list");
        }
        List<T> years = new ArrayList<>();
        Set<OptionalInt> seen = new HashSet<>();
        for (JsonNode each : told) {
            JsonNode year = each.path("year");
            boolean known = year.canConvertToInt() && year.intValue() >= 1 && year.intValue() <= 9999;
            if (!known && !year.isMissingNode()) {
                throw new UnreadableEventException("years.year is no year");
            }
            OptionalInt its = known ? OptionalInt.of(year.intValue()) : OptionalInt.empty();
            if (!seen.add(its)) {
                throw new UnreadableEventException("years has one twice");
            }
            years.add(reader.readEntry(its, each));
        }
        return years;
    }

    private static YearStateEvent parseYear(String service, JsonNode event, int epoch, JsonNode after)
            throws UnreadableEventException {
        String year = requireText(event, "sourceId");
        if (!year.matches("\\d{4}")) {
            throw new UnreadableEventException("sourceId is no year");
        }
        return new YearStateEvent(
                service,
                requireText(event, "province"),
                Integer.parseInt(year),
                requireOrder(event, epoch),
                event.path("change").asText().equals("republished"),
                requireText(after, "state"),
                requireInstant(event, "recordedAt"));
    }

    private static WithdrawnEvent parseWithdrawn(String service, JsonNode event, int epoch, boolean isYear)
            throws UnreadableEventException {
        return new WithdrawnEvent(
                service,
                requireText(event, "province"),
                requireText(event, "sourceId"),
                requireOrder(event, epoch),
                isYear);
    }

    /** Returns the version over all epochs. */
    private static int requireOrder(JsonNode event, int epoch) throws UnreadableEventException {
        JsonNode version = event.path("version");
        if (!version.canConvertToInt() || version.intValue() < 1) {
            throw new UnreadableEventException("version is no whole number of 1 or more");
        }
        if (!VersionOrder.isValid(epoch, version.intValue())) {
            throw new UnreadableEventException("epoch or version is too large");
        }
        return VersionOrder.toOrder(epoch, version.intValue());
    }

    private static String requireText(JsonNode node, String name) throws UnreadableEventException {
        if (!node.path(name).isTextual() || node.path(name).textValue().indexOf('\0') >= 0) {
            throw new UnreadableEventException(name + " is not a text");
        }
        if (node.path(name).textValue().length() > MAX_TEXT_LENGTH) {
            throw new UnreadableEventException(name + " has more than " + MAX_TEXT_LENGTH + " characters");
        }
        return node.path(name).textValue();
    }

    private static Instant requireInstant(JsonNode node, String name) throws UnreadableEventException {
        Instant moment = Instant.parse(requireText(node, name));
        if (moment.isBefore(FIRST_INSTANT) || moment.isAfter(LAST_INSTANT)) {
            throw new UnreadableEventException(name + " is out of range");
        }
        return moment;
    }

    private static long requireCount(JsonNode counts, String name) throws UnreadableEventException {
        if (!counts.path(name).canConvertToLong()
                || counts.path(name).longValue() < 0
                || counts.path(name).longValue() > MAX_COUNT) {
            throw new UnreadableEventException(name + " is no whole number from 0 to " + MAX_COUNT);
        }
        return counts.path(name).longValue();
    }
}
