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

/** What a service told: of a file that was sent, or of a year. */
sealed interface Told {

    /**
     * @param stored false when nothing of the file is stored
     * @param years the rows by the year that they are about; none where the service did not tell yet
     */
    record File(
            String service,
            String province,
            String batch,
            int version,
            String record,
            boolean stored,
            long rows,
            long received,
            long parked,
            long refused,
            Instant finishedAt,
            List<OfYear> years)
            implements Told {}

    /**
     * Rows of a file about one year.
     *
     * @param year empty for those of which it cannot be read
     */
    record OfYear(OptionalInt year, long received, long parked, long refused) {}

    record Year(String service, String province, int year, int version, String state, Instant since) implements Told {}

    ObjectMapper JSON = new ObjectMapper();

    /**
     * @return null for what is told of nothing any more
     * @throws UnreadableEvent when it is none of the two
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
            if (after.isNull()) {
                return null;
            }
            return delivery.record().equals("batch") ? file(service, event, after) : year(service, event, after);
        } catch (JsonProcessingException e) {
            throw new UnreadableEvent("it is not JSON: " + e.getOriginalMessage());
        } catch (DateTimeException | IOException e) {
            throw new UnreadableEvent("it cannot be read: " + e.getMessage());
        }
    }

    private static File file(String service, JsonNode event, JsonNode after) throws UnreadableEvent {
        JsonNode counts = after.path("counts");
        String state = text(after, "state");
        boolean all = text(after, "mode").equals("all");
        return new File(
                service,
                text(event, "province"),
                text(event, "sourceId"),
                version(event),
                text(after, "record"),
                state.equals("done") || state.equals("failed") && !all,
                count(counts, "rows"),
                count(counts, "created")
                        + count(counts, "corrected")
                        + count(counts, "unchanged")
                        + count(counts, "withdrawn"),
                count(counts, "parked"),
                count(counts, "refused"),
                Instant.parse(text(after, "finishedAt")),
                years(after.path("years")));
    }

    private static List<OfYear> years(JsonNode told) throws UnreadableEvent {
        if (!told.isArray() && !told.isMissingNode()) {
            throw new UnreadableEvent("years is no list");
        }
        List<OfYear> years = new ArrayList<>();
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
            years.add(new OfYear(its, count(each, "received"), count(each, "parked"), count(each, "refused")));
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
                text(after, "state"),
                Instant.parse(text(event, "recordedAt")));
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
        return node.path(name).textValue();
    }

    private static long count(JsonNode counts, String name) throws UnreadableEvent {
        if (!counts.path(name).canConvertToLong() || counts.path(name).longValue() < 0) {
            throw new UnreadableEvent(name + " is no number of rows");
        }
        return counts.path(name).longValue();
    }
}
