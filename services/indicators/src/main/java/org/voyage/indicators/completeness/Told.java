package org.voyage.indicators.completeness;

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
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.UnreadableEvent;

/** What a service told: of a file that was sent, of what waits or was refused, or of a year. */
sealed interface Told {

    /** Whether it is the newest version told once more. */
    boolean republished();

    /**
     * @param refused rows, also of a file of which nothing is stored
     * @param years the rows by the year that they are about; none where the service did not tell yet
     */
    record File(
            String service,
            String province,
            String batch,
            int version,
            boolean republished,
            String record,
            long rows,
            long refused,
            Instant finishedAt,
            List<RowsOfYear> years)
            implements Told {}

    /**
     * Rows of a file about one year.
     *
     * @param year empty for those of which it cannot be read
     */
    record RowsOfYear(OptionalInt year, long refused) {}

    /**
     * What was sent of one record and is none.
     *
     * @param years by the year that it is about; a year that is not there has nothing
     */
    record Outstanding(
            String service,
            String province,
            String record,
            int version,
            boolean republished,
            Instant recordedAt,
            List<OfYear> years)
            implements Told {}

    /**
     * @param year empty for what says none that can be read
     * @param waiting rows of files and single writes that wait now
     * @param refused single writes that were refused so far
     */
    record OfYear(OptionalInt year, long waiting, long refused) {}

    record Year(
            String service, String province, int year, int version, boolean republished, String state, Instant since)
            implements Told {}

    ObjectMapper JSON = new ObjectMapper();

    /** What PostgreSQL can keep goes further than that. */
    Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** No service tells longer texts; an index takes 2,700 bytes. */
    int LONGEST = 200;

    /** More than there are, and little enough to be added up. */
    long MOST = 1_000_000_000_000L;

    /**
     * @return null for a file or year that there is no more
     * @throws UnreadableEvent when it is none of the three
     */
    static @Nullable Told read(Delivery delivery) throws UnreadableEvent {
        String topic = delivery.topic();
        String service = topic.substring(0, topic.indexOf('.'));
        byte[] value = delivery.bytes();
        if (value == null) {
            throw new UnreadableEvent("it has no content");
        }
        try {
            JsonNode event = JSON.readTree(value);
            JsonNode after = event.path("after");
            return switch (delivery.record()) {
                case "outstanding" -> outstanding(service, event, after);
                case "batch" -> after.isNull() ? null : file(service, event, after);
                default -> after.isNull() ? null : year(service, event, after);
            };
        } catch (JsonProcessingException e) {
            throw new UnreadableEvent("it is not JSON: " + e.getOriginalMessage());
        } catch (DateTimeException | IOException e) {
            throw new UnreadableEvent("it cannot be read: " + e.getMessage());
        }
    }

    private static File file(String service, JsonNode event, JsonNode after) throws UnreadableEvent {
        JsonNode counts = after.path("counts");
        return new File(
                service,
                text(event, "province"),
                text(event, "sourceId"),
                version(event),
                event.path("change").asText().equals("republished"),
                text(after, "record"),
                count(counts, "rows"),
                count(counts, "refused"),
                moment(after, "finishedAt"),
                after.has("years")
                        ? years(after, (year, rows) -> new RowsOfYear(year, count(rows, "refused")))
                        : List.of());
    }

    private static Outstanding outstanding(String service, JsonNode event, JsonNode after) throws UnreadableEvent {
        return new Outstanding(
                service,
                text(event, "province"),
                text(event, "sourceId"),
                version(event),
                event.path("change").asText().equals("republished"),
                moment(event, "recordedAt"),
                after.isNull()
                        ? List.of()
                        : years(after, (year, its) -> new OfYear(year, count(its, "waiting"), count(its, "refused"))));
    }

    interface OfOneYear<T> {
        T read(OptionalInt year, JsonNode told) throws UnreadableEvent;
    }

    private static <T> List<T> years(JsonNode after, OfOneYear<T> reader) throws UnreadableEvent {
        JsonNode told = after.path("years");
        if (!told.isArray()) {
            throw new UnreadableEvent("years is no list");
        }
        List<T> years = new ArrayList<>();
        Set<OptionalInt> seen = new HashSet<>();
        for (JsonNode each : told) {
            JsonNode year = each.path("year");
            boolean known = year.canConvertToInt() && year.intValue() >= 1 && year.intValue() <= 9999;
            if (!known && !year.isMissingNode()) {
                throw new UnreadableEvent("years.year is no year");
            }
            OptionalInt its = known ? OptionalInt.of(year.intValue()) : OptionalInt.empty();
            if (!seen.add(its)) {
                throw new UnreadableEvent("years has one twice");
            }
            years.add(reader.read(its, each));
        }
        return years;
    }

    private static Year year(String service, JsonNode event, JsonNode after) throws UnreadableEvent {
        String year = text(event, "sourceId");
        if (!year.matches("\\d{4}")) {
            throw new UnreadableEvent("sourceId is no year");
        }
        return new Year(
                service,
                text(event, "province"),
                Integer.parseInt(year),
                version(event),
                event.path("change").asText().equals("republished"),
                text(after, "state"),
                moment(event, "recordedAt"));
    }

    private static int version(JsonNode event) throws UnreadableEvent {
        JsonNode version = event.path("version");
        if (!version.canConvertToInt() || version.intValue() < 1) {
            throw new UnreadableEvent("version is no whole number of 1 or more");
        }
        return version.intValue();
    }

    private static String text(JsonNode node, String name) throws UnreadableEvent {
        if (!node.path(name).isTextual() || node.path(name).textValue().indexOf('\0') >= 0) {
            throw new UnreadableEvent(name + " is not a text");
        }
        if (node.path(name).textValue().length() > LONGEST) {
            throw new UnreadableEvent(name + " has more than " + LONGEST + " characters");
        }
        return node.path(name).textValue();
    }

    private static Instant moment(JsonNode node, String name) throws UnreadableEvent {
        Instant moment = Instant.parse(text(node, name));
        if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
            throw new UnreadableEvent(name + " is out of range");
        }
        return moment;
    }

    private static long count(JsonNode counts, String name) throws UnreadableEvent {
        if (!counts.path(name).canConvertToLong()
                || counts.path(name).longValue() < 0
                || counts.path(name).longValue() > MOST) {
            throw new UnreadableEvent(name + " is no whole number from 0 to " + MOST);
        }
        return counts.path(name).longValue();
    }
}
