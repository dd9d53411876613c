package org.voyage.indicators.intake;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Each;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.intake.Slot.Kind;

/** The fields of one record type that the figures need. All others are skipped while reading. */
public final class RecordLayout {

    /** A figure needs a field that no record has so, together with what others need. */
    static final class Unfit extends RuntimeException {

        private final String member;
        private final Text reason;

        /** @param member of the figure's definition */
        Unfit(String member, Text reason) {
            super(reason.en());
            this.member = member;
            this.reason = reason;
        }

        String member() {
            return member;
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
        /** Fields by whose value figures split or filter: one value it must be. */
        private final Set<String> single = new HashSet<>();
        /** Fields that may be a list. */
        private final Set<String> lists = new HashSet<>();

        private final Map<String, Each> paths = new HashMap<>();

        Builder(String record) {
            this.record = record;
        }

        /**
         * A field with one value.
         *
         * @param member of the definition that names it
         * @throws Unfit when another figure reads it as another kind, or as a list
         */
        void need(String member, String field, Kind kind) {
            read(member, field, kind);
            single.add(field);
            Each path = paths.get(field);
            if (path != null) {
                throw twoWays(member, path.field());
            }
        }

        /**
         * A field each value of which is counted, be it one or a list of them. Whether it is a list its contract says, and no
         * figure splits by such a one.
         *
         * @throws Unfit when another figure reads it as another kind
         */
        void needAll(String member, String field) {
            read(member, field, Kind.CODE);
            lists.add(field);
        }

        private void read(String member, String field, Kind kind) {
            Kind other = kinds.putIfAbsent(field, kind);
            if (other != null && other != kind) {
                throw new Unfit(
                        member,
                        new Text(
                                record + " 的字段 " + field + " 既按 " + other + " 又按 " + kind + " 读取",
                                "field " + field + " of " + record + " is read both as " + other + " and as " + kind));
            }
            paths.values().forEach(path -> requireOneWay(member, path));
        }

        /** Unless it is read as another kind. */
        void needIfFree(String field, Kind kind) {
            if (kinds.getOrDefault(field, kind) == kind) {
                need("period", field, kind);
            }
        }

        /**
         * The codes of a list.
         *
         * @throws Unfit when another figure reads them from elsewhere
         */
        void need(Each each) {
            String member = "each." + each.dimension();
            needAll(member, each.dimension());
            Each other = paths.putIfAbsent(each.dimension(), each);
            boolean otherwise = paths.values().stream()
                    .anyMatch(known -> known.field().equals(each.field())
                            && !known.member().equals(each.member()));
            if (other != null && !other.equals(each) || otherwise || single.contains(each.dimension())) {
                throw twoWays(member, each.field());
            }
            requireOneWay(member, each);
        }

        /** Of a list whose elements are asked for something, nothing else is read. */
        private void requireOneWay(String member, Each each) {
            Kind itself = each.dimension().equals(each.field()) ? null : kinds.get(each.field());
            if (itself != null && (itself != Kind.CODE || each.member().isPresent())) {
                throw twoWays(member, each.field());
            }
        }

        private Unfit twoWays(String member, String field) {
            return new Unfit(
                    member,
                    new Text(record + " 的 " + field + " 以两种方式读取", field + " of " + record + " is read in two ways"));
        }

        RecordLayout build() {
            Map<String, Slot> slots = new HashMap<>();
            int values = 0;
            int links = 0;
            for (Map.Entry<String, Kind> need : kinds.entrySet()) {
                int index = need.getValue() == Kind.LINK ? links++ : values++;
                boolean list = lists.contains(need.getKey()) && !single.contains(need.getKey());
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
