package org.voyage.indicators.fact;

/**
 * Slot of a record field that some figure needs: the place of its value in a fact.
 *
 * @param index position among the record's slots of the same kind
 * @param list whether the field may be a list, each element being a value
 * @param source the member of the record that holds the value, mostly the field itself
 * @param member of a list of objects the member that holds the value; empty when the elements are the values
 */
public record FieldSlot(String field, SlotKind kind, int index, boolean list, String source, String member) {

    /** Content of the field. */
    public enum SlotKind {
        /** A code, stored as its number in the field's dictionary. */
        CODE,
        /** A whole number. */
        NUMBER,
        /** A calendar day, stored as days since 1970-01-01. */
        DATE,
        /** The source id of another record of the same province. */
        LINK
    }
}
