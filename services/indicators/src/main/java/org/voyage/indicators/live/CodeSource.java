package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.intake.FactState;
import org.voyage.indicators.intake.RecordLayout;
import org.voyage.indicators.intake.Slot;

/**
 * Where a figure finds the code of a field: in the record itself, else in the first joined record that has one. The code
 * of a field that joins is the key of the record it names.
 */
final class CodeSource implements Coordinate {

    private static final int OWN = -1;
    /** The fact itself. */
    private static final int ITSELF = -2;

    private static final int[] NOTHING = {};

    private record Place(int link, int index) {}

    private final List<Place> places = new ArrayList<>();
    private final int joined;
    private final @Nullable Dictionary keys;

    private CodeSource(int link, Dictionary keys) {
        this.joined = link;
        this.keys = keys;
    }

    /** @param keys the numbers of the keys of the records that the link leads to */
    static CodeSource ofJoined(int link, Dictionary keys) {
        return new CodeSource(link, keys);
    }

    /** @param keys the numbers of the keys of the facts that are counted */
    static CodeSource ofItself(Dictionary keys) {
        return new CodeSource(ITSELF, keys);
    }

    CodeSource(String field, RecordLayout own, List<Join> joins) {
        this.joined = OWN;
        this.keys = null;
        add(field, own, OWN);
        for (Join join : joins) {
            add(field, join.layout(), join.link());
        }
    }

    private void add(String field, RecordLayout layout, int link) {
        Slot slot = layout.slot(field);
        if (slot != null && slot.kind() == Slot.Kind.CODE) {
            places.add(new Place(link, slot.index()));
        }
    }

    @Override
    public int code(Fact fact) {
        if (keys != null) {
            Fact named = joined == ITSELF ? fact : fact.joined[joined];
            return named == null ? Dictionary.ABSENT : keys.number(named.key);
        }
        for (Place place : places) {
            FactState state = stateAt(fact, place);
            if (state != null && state.values()[place.index()] != Dictionary.ABSENT) {
                return state.values()[place.index()];
            }
        }
        return Dictionary.ABSENT;
    }

    /** The numbers of all its codes, each once. */
    int[] codes(Fact fact) {
        if (keys != null) {
            int code = code(fact);
            return code == Dictionary.ABSENT ? NOTHING : new int[] {code};
        }
        for (Place place : places) {
            FactState state = stateAt(fact, place);
            int value = state == null ? Dictionary.ABSENT : state.values()[place.index()];
            if (state != null && value < 0 && state.lists() != null) {
                return state.lists()[-value - 1];
            }
            if (value > Dictionary.ABSENT) {
                return new int[] {value};
            }
        }
        return NOTHING;
    }

    /** Whether its code comes over this link. */
    boolean isFrom(int link, Fact fact) {
        for (Place place : places) {
            FactState state = stateAt(fact, place);
            if (state != null && state.values()[place.index()] != Dictionary.ABSENT) {
                return place.link() == link;
            }
        }
        return false;
    }

    private static @Nullable FactState stateAt(Fact fact, Place place) {
        if (place.link() == OWN) {
            return fact.state;
        }
        Fact joined = fact.joined[place.link()];
        return joined == null ? null : joined.state;
    }
}
