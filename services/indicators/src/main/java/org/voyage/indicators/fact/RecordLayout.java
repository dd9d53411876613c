package org.voyage.indicators.fact;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.MultiValuedDimension;
import org.voyage.indicators.fact.FieldSlot.SlotKind;

/** Layout of one record type: the fields that the figures need. A reader skips all others. */
public final class RecordLayout {

    /** A figure needs a field in a form that no record has, or that contradicts other figures. */
    static final class UnfitFieldException extends RuntimeException {

        private final String member;
        private final LocalizedText reason;

        /** @param member of the figure's definition */
        UnfitFieldException(String member, LocalizedText reason) {
            super(reason.en());
            this.member = member;
            this.reason = reason;
        }

        String member() {
            return member;
        }

        LocalizedText reason() {
            return reason;
        }
    }

    private final String record;
    private final Map<String, FieldSlot> slots;
    private final int valueCount;
    private final int linkCount;

    private RecordLayout(String record, Map<String, FieldSlot> slots, int values, int links) {
        this.record = record;
        this.slots = slots;
        this.valueCount = values;
        this.linkCount = links;
    }

    public String record() {
        return record;
    }

    public @Nullable FieldSlot findSlot(String field) {
        return slots.get(field);
    }

    public Collection<FieldSlot> slots() {
        return slots.values();
    }

    /** Returns the number of codes, numbers and dates of a fact. */
    public int valueCount() {
        return valueCount;
    }

    public int linkCount() {
        return linkCount;
    }

    /** Builder that collects the fields of the figures. */
    static final class RecordLayoutBuilder {
        private final String record;
        private final Map<String, SlotKind> kinds = new LinkedHashMap<>();
        /** Fields of breakdowns and filters, which must have one value. */
        private final Set<String> singleValuedFields = new HashSet<>();
        /** Fields that may be a list. */
        private final Set<String> listFields = new HashSet<>();

        private final Map<String, MultiValuedDimension> paths = new HashMap<>();

        RecordLayoutBuilder(String record) {
            this.record = record;
        }

        /**
         * Requires a field with one value.
         *
         * @param member the member of the definition that names the field
         * @throws UnfitFieldException when another figure reads it as another kind, or as a list
         */
        void requireField(String member, String field, SlotKind kind) {
            registerKind(member, field, kind);
            singleValuedFields.add(field);
            MultiValuedDimension path = paths.get(field);
            if (path != null) {
                throw conflictingPaths(member, path.field());
            }
        }

        /**
         * Requires a field whose values are each counted, be it one value or a list. The contract decides whether the
         * field is a list; no figure has a breakdown by such a field.
         *
         * @throws UnfitFieldException when another figure reads it as another kind
         */
        void requireEveryValue(String member, String field) {
            registerKind(member, field, SlotKind.CODE);
            listFields.add(field);
        }

        private void registerKind(String member, String field, SlotKind kind) {
            SlotKind other = kinds.putIfAbsent(field, kind);
            if (other != null && other != kind) {
                throw new UnfitFieldException(
                        member,
                        new LocalizedText(
                                record + " 的字段 " + field + " 既按 " + other + " 又按 " + kind + " 读取",
                                "field " + field + " of " + record + " is read both as " + other + " and as " + kind));
            }
            paths.values().forEach(path -> requireSinglePath(member, path));
        }

        /** Requires a field unless another figure reads it as another kind. */
        void requireFieldIfUnread(String field, SlotKind kind) {
            if (kinds.getOrDefault(field, kind) == kind) {
                requireField("period", field, kind);
            }
        }

        /**
         * Requires the codes of a list.
         *
         * @throws UnfitFieldException when another figure reads the codes from another member
         */
        void requireList(MultiValuedDimension each) {
            String member = "each." + each.dimension();
            requireEveryValue(member, each.dimension());
            MultiValuedDimension other = paths.putIfAbsent(each.dimension(), each);
            boolean otherwise = paths.values().stream()
                    .anyMatch(known -> known.field().equals(each.field())
                            && !known.member().equals(each.member()));
            if (other != null && !other.equals(each) || otherwise || singleValuedFields.contains(each.dimension())) {
                throw conflictingPaths(member, each.field());
            }
            requireSinglePath(member, each);
        }

        /** Requires that all figures read the same member of the elements of a list. */
        private void requireSinglePath(String member, MultiValuedDimension each) {
            SlotKind itself = each.dimension().equals(each.field()) ? null : kinds.get(each.field());
            if (itself != null && (itself != SlotKind.CODE || each.member().isPresent())) {
                throw conflictingPaths(member, each.field());
            }
        }

        private UnfitFieldException conflictingPaths(String member, String field) {
            return new UnfitFieldException(
                    member,
                    new LocalizedText(
                            record + " 的 " + field + " 以两种方式读取", field + " of " + record + " is read in two ways"));
        }

        RecordLayout buildLayout() {
            Map<String, FieldSlot> slots = new HashMap<>();
            int values = 0;
            int links = 0;
            for (Map.Entry<String, SlotKind> need : kinds.entrySet()) {
                int index = need.getValue() == SlotKind.LINK ? links++ : values++;
                boolean list = listFields.contains(need.getKey()) && !singleValuedFields.contains(need.getKey());
                MultiValuedDimension path = paths.get(need.getKey());
                slots.put(
                        need.getKey(),
                        new FieldSlot(
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
