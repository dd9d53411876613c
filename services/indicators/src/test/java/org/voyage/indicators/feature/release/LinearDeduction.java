package org.voyage.indicators.feature.release;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * Deduction from linear relations between unknown whole numbers, none of which is below 0. A solver finds the minimum
 * and maximum of a sum of them, and whether a value is possible. Unknowns with the same relations are merged before,
 * which changes no answer.
 */
final class LinearDeduction {

    /** Tolerance of solvers for a whole number. */
    private static final double TOLERANCE = 1e-4;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Set<LinearRelation> relations = new LinkedHashSet<>();
    private int size;
    private @Nullable UnknownClasses classes;

    private record RelationTerm(BitSet unknowns, BigDecimal factor) {}

    private record LinearRelation(
            List<RelationTerm> terms,
            @Nullable BigDecimal minimum,
            @Nullable BigDecimal maximum) {}

    /** Interval of a sum; {@code maximum} is infinite when the sum has no upper bound. */
    record ValueInterval(double minimum, double maximum) {
        boolean containsValue(long value) {
            return minimum <= value && value <= maximum;
        }

        boolean isPoint() {
            return minimum == maximum;
        }

        /** Returns the width of the interval. */
        double computeWidth() {
            return maximum - minimum;
        }
    }

    /** Adds an unknown. */
    int newUnknown() {
        classes = null;
        return size++;
    }

    int relationCount() {
        return relations.size();
    }

    void addSum(BitSet of, long value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        addRelation(List.of(new RelationTerm(of, BigDecimal.ONE)), exact, exact);
    }

    /**
     * Adds the shown share of a part in percent of its whole, rounded to the decimals of {@code percent}; both may be
     * hidden.
     */
    void addShare(BitSet part, BitSet whole, BigDecimal percent) {
        BigDecimal half = BigDecimal.valueOf(5, percent.scale() + 1);
        addRelation(
                List.of(
                        new RelationTerm(part, HUNDRED),
                        new RelationTerm(whole, percent.subtract(half).negate())),
                BigDecimal.ZERO,
                null);
        addRelation(
                List.of(
                        new RelationTerm(part, HUNDRED),
                        new RelationTerm(whole, percent.add(half).negate())),
                null,
                BigDecimal.ZERO);
    }

    /** Adds the shown change from one year to a later one, in percent of the earlier. */
    void addChange(BitSet before, BitSet after, BigDecimal percent) {
        addShare(after, before, HUNDRED.add(percent));
    }

    /** Adds the relation of two stocks: the later one is the earlier one without leavers, and new arrivals. */
    void addStocks(BitSet before, BitSet come, BitSet left, BitSet after) {
        BigDecimal minus = BigDecimal.ONE.negate();
        addRelation(
                List.of(
                        new RelationTerm(before, BigDecimal.ONE),
                        new RelationTerm(come, BigDecimal.ONE),
                        new RelationTerm(left, minus),
                        new RelationTerm(after, minus)),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
        addRelation(
                List.of(new RelationTerm(before, BigDecimal.ONE), new RelationTerm(left, minus)),
                BigDecimal.ZERO,
                null);
        addRelation(
                List.of(new RelationTerm(after, BigDecimal.ONE), new RelationTerm(come, minus)), BigDecimal.ZERO, null);
    }

    /**
     * Adds two numbers with a known sum that are hidden because one of them is small; the rule implies that neither is
     * 0.
     */
    void addEitherIsSmall(BitSet one, BitSet other, long together) {
        BitSet first = new BitSet();
        first.set(newUnknown());
        BigDecimal far = BigDecimal.valueOf(together);
        BigDecimal small = BigDecimal.valueOf(CellSuppression.MIN_SHOWN_PERSONS - 1);
        addRelation(List.of(new RelationTerm(first, BigDecimal.ONE)), null, BigDecimal.ONE);
        addRelation(List.of(new RelationTerm(one, BigDecimal.ONE), new RelationTerm(first, far.negate())), null, small);
        addRelation(
                List.of(new RelationTerm(other, BigDecimal.ONE), new RelationTerm(first, far)), null, small.add(far));
        addRelation(List.of(new RelationTerm(one, BigDecimal.ONE)), BigDecimal.ONE, null);
        addRelation(List.of(new RelationTerm(other, BigDecimal.ONE)), BigDecimal.ONE, null);
    }

    private void addRelation(List<RelationTerm> terms, @Nullable BigDecimal least, @Nullable BigDecimal most) {
        List<RelationTerm> some =
                terms.stream().filter(term -> !term.unknowns().isEmpty()).toList();
        if (!some.isEmpty()) {
            classes = null;
            relations.add(new LinearRelation(some, least, most));
        }
    }

    ValueInterval intervalOf(BitSet of) {
        return intervalOf(of, new BitSet());
    }

    /**
     * Returns the interval of the difference of two sums. It allows fractions of persons, so that it is never too
     * narrow.
     */
    ValueInterval intervalOf(BitSet of, BitSet without) {
        double least = solveEnd(buildModel(of, without, null).minimise(), Double.NEGATIVE_INFINITY);
        double most = solveEnd(buildModel(of, without, null).maximise(), Double.POSITIVE_INFINITY);
        return new ValueInterval(Math.ceil(least - TOLERANCE) + 0.0, Math.floor(most + TOLERANCE) + 0.0);
    }

    private static double solveEnd(Optimisation.Result result, double without) {
        return switch (result.getState()) {
            case INFEASIBLE, INVALID -> throw new AssertionError("what was answered contradicts itself: " + result);
            case OPTIMAL, DISTINCT -> result.getValue();
            default -> without;
        };
    }

    boolean isPossible(BitSet of, long value) {
        ExpressionsBasedModel model = buildModel(of, new BitSet(), BigDecimal.valueOf(value));
        model.getVariables().forEach(variable -> variable.integer(true));
        return model.minimise().getState().isFeasible();
    }

    /** Classes of unknowns with equal relations, and the relations between these classes. */
    private record UnknownClasses(
            int[] of, int[] sizes, List<ClassRelation> relations, List<List<ClassRelation>> byClass) {}

    private record ClassRelation(
            Map<Integer, BigDecimal> terms,
            @Nullable BigDecimal minimum,
            @Nullable BigDecimal maximum) {}

    private UnknownClasses findClasses() {
        UnknownClasses known = classes;
        if (known == null) {
            known = divideClasses();
            classes = known;
        }
        return known;
    }

    private UnknownClasses divideClasses() {
        StringBuilder[] signatures = new StringBuilder[size];
        for (int i = 0; i < size; i++) {
            signatures[i] = new StringBuilder();
        }
        int number = 0;
        for (LinearRelation relation : relations) {
            for (RelationTerm term : relation.terms()) {
                int place = number++;
                term.unknowns().stream()
                        .forEach(i -> signatures[i].append(place).append(' '));
            }
        }
        Map<String, Integer> numbers = new HashMap<>();
        int[] of = new int[size];
        for (int i = 0; i < size; i++) {
            of[i] = numbers.computeIfAbsent(signatures[i].toString(), key -> numbers.size());
        }
        int[] sizes = new int[numbers.size()];
        for (int each : of) {
            sizes[each]++;
        }
        return relateClasses(of, sizes);
    }

    private UnknownClasses relateClasses(int[] of, int[] sizes) {
        Set<ClassRelation> all = new LinkedHashSet<>();
        for (LinearRelation relation : relations) {
            Map<Integer, BigDecimal> terms = new LinkedHashMap<>();
            for (RelationTerm term : relation.terms()) {
                term.unknowns().stream()
                        .map(i -> of[i])
                        .distinct()
                        .forEach(each -> terms.merge(each, term.factor(), BigDecimal::add));
            }
            all.add(new ClassRelation(terms, relation.minimum(), relation.maximum()));
        }
        List<List<ClassRelation>> byClass = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            byClass.add(new ArrayList<>());
        }
        all.forEach(relation ->
                relation.terms().keySet().forEach(each -> byClass.get(each).add(relation)));
        return new UnknownClasses(of, sizes, List.copyOf(all), byClass);
    }

    private ExpressionsBasedModel buildModel(BitSet of, BitSet without, @Nullable BigDecimal value) {
        UnknownClasses known = findClasses();
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Map<Integer, List<Variable>> variables = new HashMap<>();
        Expression asked = model.newExpression("asked");
        for (int each : connectedClasses(known, of, without)) {
            int in = countInClass(known, of, each);
            int out = countInClass(known, without, each);
            List<Variable> parts = new ArrayList<>();
            if (in > 0) {
                parts.add(newVariable(model, each, 1));
                asked.set(parts.getLast(), 1);
            }
            if (out > 0) {
                parts.add(newVariable(model, each, -1));
                asked.set(parts.getLast(), -1);
            }
            if (in + out < known.sizes()[each]) {
                parts.add(newVariable(model, each, 0));
            }
            variables.put(each, parts);
        }
        if (value != null) {
            asked.level(value);
        }
        known.relations().stream()
                .filter(relation ->
                        variables.keySet().containsAll(relation.terms().keySet()))
                .forEach(relation -> addRelation(model, relation, variables));
        return model;
    }

    private static int countInClass(UnknownClasses known, BitSet of, int which) {
        return (int) of.stream().filter(i -> known.of()[i] == which).count();
    }

    private static Variable newVariable(ExpressionsBasedModel model, int which, int weight) {
        return model.newVariable(which + "/" + weight).lower(0).weight(weight);
    }

    private static void addRelation(
            ExpressionsBasedModel model, ClassRelation relation, Map<Integer, List<Variable>> variables) {
        Expression expression = model.newExpression("r" + model.countExpressions());
        relation.terms()
                .forEach((each, times) ->
                        variables.getOrDefault(each, List.of()).forEach(variable -> expression.set(variable, times)));
        if (relation.minimum() != null) {
            expression.lower(relation.minimum());
        }
        if (relation.maximum() != null) {
            expression.upper(relation.maximum());
        }
    }

    /** Returns the classes that are connected with the requested sum. */
    private static Set<Integer> connectedClasses(UnknownClasses known, BitSet of, BitSet without) {
        Set<Integer> connected = new LinkedHashSet<>();
        Deque<Integer> next = new ArrayDeque<>();
        of.stream().forEach(i -> next.add(known.of()[i]));
        without.stream().forEach(i -> next.add(known.of()[i]));
        while (!next.isEmpty()) {
            int each = next.remove();
            if (connected.add(each)) {
                known.byClass()
                        .get(each)
                        .forEach(relation -> next.addAll(relation.terms().keySet()));
            }
        }
        return connected;
    }
}
