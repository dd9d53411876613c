package org.voyage.indicators.fact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * State of a fact: the fields that figures need, in compact form.
 *
 * @param values by slot: a code's number ({@link CodeDictionary#ABSENT_CODE} without one), a number or a day ({@link
 *     #NO_VALUE} without one); for a list, minus its position in {@code lists} minus 1
 * @param lists numbers of the codes in each list, null when the fact has no list
 * @param links source ids of the records it belongs to, null where absent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; one object per fact is what keeps millions in memory
public record FactState(
        int[] values, int @Nullable [][] lists, @Nullable String[] links) {

    /** No number, no day. */
    public static final int NO_VALUE = Integer.MIN_VALUE;

    /** Returns whether both states have the same fields; they must be read with the same dictionaries. */
    public static boolean haveSameFields(@Nullable FactState one, @Nullable FactState other) {
        return one == other
                || one != null
                        && other != null
                        && Arrays.equals(one.values, other.values)
                        && Arrays.deepEquals(one.lists, other.lists)
                        && Arrays.equals(one.links, other.links);
    }
}
