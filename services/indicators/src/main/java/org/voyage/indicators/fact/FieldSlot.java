package org.voyage.indicators.fact;

/**
 * A field of a record that some figure needs, and where its value is kept.
 *
 * @param index position among the record's slots of the same kind
 * @param list whether a list may stand here, each element being a value
 * @param source the member of the record that it is read from, mostly the field itself
 * @param member of a list of objects the member that holds the value; empty when the elements are the values
 */
public record FieldSlot(String field, SlotKind kind, int index, boolean list, String source, String member) {

    /** What the field holds. */
    public enum SlotKind {
        /** A code: kept as its number in the field's dictionary. */
        CODE,
        /** A whole number. */
        NUMBER,
        /** A calendar day: kept as days since 1970-01-01. */
        DATE,
        /** The source id of another record of the same province. */
        LINK
    }
}
