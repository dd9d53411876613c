package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.fact.FactState;
import org.voyage.indicators.fact.FieldSlot;
import org.voyage.indicators.fact.RecordLayout;

/**
 * Resolver of the code of a field: in the record itself, otherwise in the first joined record that has one. The code of
 * a link field is the key of the record that it names.
 */
final class DimensionCodeResolver implements CodeResolver {

    private static final int OWN_RECORD = -1;
    /** The fact itself. */
    private static final int FACT_ITSELF = -2;

    private static final int[] NO_CODES = {};

    private record CodeLocation(int link, int index) {}

    private final List<CodeLocation> locations = new ArrayList<>();
    private final int joinedLink;
    private final @Nullable CodeDictionary keys;

    private DimensionCodeResolver(int link, CodeDictionary keys) {
        this.joinedLink = link;
        this.keys = keys;
    }

    /** @param keys the numbers of the keys of the linked records */
    static DimensionCodeResolver ofJoined(int link, CodeDictionary keys) {
        return new DimensionCodeResolver(link, keys);
    }

    /** @param keys the numbers of the keys of the counted facts */
    static DimensionCodeResolver ofItself(CodeDictionary keys) {
        return new DimensionCodeResolver(FACT_ITSELF, keys);
    }

    DimensionCodeResolver(String field, RecordLayout own, List<JoinTarget> joins) {
        this.joinedLink = OWN_RECORD;
        this.keys = null;
        addLocations(field, own, OWN_RECORD);
        for (JoinTarget join : joins) {
            addLocations(field, join.layout(), join.link());
        }
    }

    private void addLocations(String field, RecordLayout layout, int link) {
        FieldSlot slot = layout.findSlot(field);
        if (slot != null && slot.kind() == FieldSlot.SlotKind.CODE) {
            locations.add(new CodeLocation(link, slot.index()));
        }
    }

    @Override
    public int resolveCode(Fact fact) {
        if (keys != null) {
            Fact named = joinedLink == FACT_ITSELF ? fact : fact.joined[joinedLink];
            return named == null ? CodeDictionary.ABSENT_CODE : keys.numberOf(named.key);
        }
        for (CodeLocation place : locations) {
            FactState state = stateOf(fact, place);
            if (state != null && state.values()[place.index()] != CodeDictionary.ABSENT_CODE) {
                return state.values()[place.index()];
            }
        }
        return CodeDictionary.ABSENT_CODE;
    }

    /** Returns the numbers of all codes of a fact, each once. */
    int[] distinctCodes(Fact fact) {
        if (keys != null) {
            int code = resolveCode(fact);
            return code == CodeDictionary.ABSENT_CODE ? NO_CODES : new int[] {code};
        }
        for (CodeLocation place : locations) {
            FactState state = stateOf(fact, place);
            int value = state == null ? CodeDictionary.ABSENT_CODE : state.values()[place.index()];
            if (state != null && value < 0 && state.lists() != null) {
                return state.lists()[-value - 1];
            }
            if (value > CodeDictionary.ABSENT_CODE) {
                return new int[] {value};
            }
        }
        return NO_CODES;
    }

    /** Returns whether the code of a fact comes from the record behind this link. */
    boolean isFromLink(int link, Fact fact) {
        for (CodeLocation place : locations) {
            FactState state = stateOf(fact, place);
            if (state != null && state.values()[place.index()] != CodeDictionary.ABSENT_CODE) {
                return place.link() == link;
            }
        }
        return false;
    }

    private static @Nullable FactState stateOf(Fact fact, CodeLocation place) {
        if (place.link() == OWN_RECORD) {
            return fact.state;
        }
        Fact joined = fact.joined[place.link()];
        return joined == null ? null : joined.state;
    }
}
