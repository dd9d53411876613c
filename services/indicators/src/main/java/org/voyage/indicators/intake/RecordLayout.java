package org.voyage.indicators.intake;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Each;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.intake.Slot.Kind;

/** The fields of one record type that the figures need. All others are skipped while reading. */
public final class RecordLayout {

    /** A figure needs a field that no record has so, together with what others need. */
    static final class Unfit extends RuntimeException {

        private final Text reason;

        Unfit(Text reason) {
            super(reason.en());
            this.reason = reason;
        }

        Text reason() {
            return reason;
        }
    }

    private final String record;
    private final Map<String, Slot> slots;
    private final int values;
    private final int links;

    private RecordLayout(String record, Map<String, Slot> slots, int values, int links) {
        this.record = record;
        this.slots = slots;
        this.values = values;
        this.links = links;
    }

    public String record() {
        return record;
    }

    public @Nullable Slot slot(String field) {
        return slots.get(field);
    }

    public Collection<Slot> slots() {
        return slots.values();
    }

    /** How many codes, numbers and dates a fact has. */
    public int values() {
        return values;
    }

    public int links() {
        return links;
    }

    /** Collects what the figures ask for. */
    static final class Builder {
        private final String record;
        private final Map<String, Kind> kinds = new LinkedHashMap<>();
        private final Map<String, Boolean> lists = new HashMap<>();
        private final Map<String, Each> paths = new HashMap<>();

        Builder(String record) {
            this.record = record;
        }

        /** @throws Unfit when two figures read the field as different kinds */
        void need(String field, Kind kind, boolean list) {
            Kind other = kinds.putIfAbsent(field, kind);
            if (other != null && other != kind) {
                throw new Unfit(new Text(
                        record + " 的字段 " + field + " 既按 " + other + " 又按 " + kind + " 读取",
                        "field " + field + " of " + record + " is read both as " + other + " and as " + kind));
            }
            lists.merge(field, list, Boolean::logicalAnd);
            paths.values().forEach(this::requireOneWay);
        }

        /** Unless it is read as another kind. */
        void needIfFree(String field, Kind kind) {
            if (kinds.getOrDefault(field, kind) == kind) {
                need(field, kind, false);
            }
        }

        /**
         * The codes of a list.
         *
         * @throws Unfit when another figure reads them from elsewhere
         */
        void need(Each each) {
            need(each.dimension(), Kind.CODE, true);
            Each other = paths.putIfAbsent(each.dimension(), each);
            boolean otherwise = paths.values().stream()
                    .anyMatch(known -> known.field().equals(each.field())
                            && !known.member().equals(each.member()));
            if (other != null && !other.equals(each) || otherwise) {
                throw twoWays(each.field());
            }
            requireOneWay(each);
        }

        /** Of a list whose elements are asked for something, nothing else is read. */
        private void requireOneWay(Each each) {
            Kind itself = each.dimension().equals(each.field()) ? null : kinds.get(each.field());
            if (itself != null && (itself != Kind.CODE || each.member().isPresent())) {
                throw twoWays(each.field());
            }
        }

        private Unfit twoWays(String field) {
            return new Unfit(
                    new Text(record + " 的 " + field + " 以两种方式读取", field + " of " + record + " is read in two ways"));
        }

        RecordLayout build() {
            Map<String, Slot> slots = new HashMap<>();
            int values = 0;
            int links = 0;
            for (Map.Entry<String, Kind> need : kinds.entrySet()) {
                int index = need.getValue() == Kind.LINK ? links++ : values++;
                boolean list = lists.getOrDefault(need.getKey(), false);
                Each path = paths.get(need.getKey());
                slots.put(
                        need.getKey(),
                        new Slot(
                                need.getKey(),
                                need.getValue(),
                                index,
                                list,
                                path == null ? need.getKey() : path.field(),
                                path == null ? "" : path.member().orElse("")));
            }
            return new RecordLayout(record, Map.copyOf(slots), values, links);
        }
    }
}
