package org.voyage.indicators.release;

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
 * What follows from linear relations between unknown whole numbers, none of which is below 0. A solver finds the least and
 * the most of a sum of them, and whether it can be a certain number. Unknowns that stand in the same relations are put
 * together before, which changes no answer.
 */
final class Deduction {

    /** By so much solvers miss a whole number. */
    private static final double NOTHING = 1e-4;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Set<Relation> relations = new LinkedHashSet<>();
    private int size;
    private @Nullable Classes classes;

    private record Term(BitSet of, BigDecimal times) {}

    private record Relation(
            List<Term> terms,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most) {}

    /** What a sum can be; {@code most} is without end when nothing bounds it. */
    record Interval(double least, double most) {
        boolean holds(long value) {
            return least <= value && value <= most;
        }

        boolean isPoint() {
            return least == most;
        }

        /** How far its ends are apart. */
        double width() {
            return most - least;
        }
    }

    /** One more unknown. */
    int unknown() {
        classes = null;
        return size++;
    }

    int relations() {
        return relations.size();
    }

    void sum(BitSet of, long value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        add(List.of(new Term(of, BigDecimal.ONE)), exact, exact);
    }

    /** A part was shown in percent of its whole, rounded to as many decimals as {@code percent} has; both may be hidden. */
    void share(BitSet part, BitSet whole, BigDecimal percent) {
        BigDecimal half = BigDecimal.valueOf(5, percent.scale() + 1);
        add(
                List.of(
                        new Term(part, HUNDRED),
                        new Term(whole, percent.subtract(half).negate())),
                BigDecimal.ZERO,
                null);
        add(List.of(new Term(part, HUNDRED), new Term(whole, percent.add(half).negate())), null, BigDecimal.ZERO);
    }

    /** A change from one year to a later one was shown in percent of the earlier. */
    void change(BitSet before, BitSet after, BigDecimal percent) {
        share(after, before, HUNDRED.add(percent));
    }

    /** Who is there is who was there and has not left, and who has come. */
    void stocks(BitSet before, BitSet come, BitSet left, BitSet after) {
        BigDecimal minus = BigDecimal.ONE.negate();
        add(
                List.of(
                        new Term(before, BigDecimal.ONE),
                        new Term(come, BigDecimal.ONE),
                        new Term(left, minus),
                        new Term(after, minus)),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
        add(List.of(new Term(before, BigDecimal.ONE), new Term(left, minus)), BigDecimal.ZERO, null);
        add(List.of(new Term(after, BigDecimal.ONE), new Term(come, minus)), BigDecimal.ZERO, null);
    }

    /** Two that have a known sum are hidden because one of them is small; who knows the rule knows that neither is 0. */
    void eitherIsSmall(BitSet one, BitSet other, long together) {
        BitSet first = new BitSet();
        first.set(unknown());
        BigDecimal far = BigDecimal.valueOf(together);
        BigDecimal small = BigDecimal.valueOf(Protection.FEWEST - 1);
        add(List.of(new Term(first, BigDecimal.ONE)), null, BigDecimal.ONE);
        add(List.of(new Term(one, BigDecimal.ONE), new Term(first, far.negate())), null, small);
        add(List.of(new Term(other, BigDecimal.ONE), new Term(first, far)), null, small.add(far));
        add(List.of(new Term(one, BigDecimal.ONE)), BigDecimal.ONE, null);
        add(List.of(new Term(other, BigDecimal.ONE)), BigDecimal.ONE, null);
    }

    private void add(List<Term> terms, @Nullable BigDecimal least, @Nullable BigDecimal most) {
        List<Term> some = terms.stream().filter(term -> !term.of().isEmpty()).toList();
        if (!some.isEmpty()) {
            classes = null;
            relations.add(new Relation(some, least, most));
        }
    }

    Interval interval(BitSet of) {
        return interval(of, new BitSet());
    }

    /** Of the difference of two sums. Found as if there were parts of persons too, so that it is never too narrow. */
    Interval interval(BitSet of, BitSet without) {
        double least = end(model(of, without, null).minimise(), Double.NEGATIVE_INFINITY);
        double most = end(model(of, without, null).maximise(), Double.POSITIVE_INFINITY);
        return new Interval(Math.ceil(least - NOTHING) + 0.0, Math.floor(most + NOTHING) + 0.0);
    }

    private static double end(Optimisation.Result result, double without) {
        return switch (result.getState()) {
            case INFEASIBLE, INVALID -> throw new AssertionError("what was answered contradicts itself: " + result);
            case OPTIMAL, DISTINCT -> result.getValue();
            default -> without;
        };
    }

    boolean isPossible(BitSet of, long value) {
        ExpressionsBasedModel model = model(of, new BitSet(), BigDecimal.valueOf(value));
        model.getVariables().forEach(variable -> variable.integer(true));
        return model.minimise().getState().isFeasible();
    }

    /** The unknowns that no relation tells apart, and the relations between these classes of them. */
    private record Classes(int[] of, int[] sizes, List<Between> relations, List<List<Between>> byClass) {}

    private record Between(
            Map<Integer, BigDecimal> terms,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most) {}

    private Classes classes() {
        Classes known = classes;
        if (known == null) {
            known = divide();
            classes = known;
        }
        return known;
    }

    private Classes divide() {
        StringBuilder[] signatures = new StringBuilder[size];
        for (int i = 0; i < size; i++) {
            signatures[i] = new StringBuilder();
        }
        int number = 0;
        for (Relation relation : relations) {
            for (Term term : relation.terms()) {
                int place = number++;
                term.of().stream().forEach(i -> signatures[i].append(place).append(' '));
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
        return between(of, sizes);
    }

    private Classes between(int[] of, int[] sizes) {
        Set<Between> all = new LinkedHashSet<>();
        for (Relation relation : relations) {
            Map<Integer, BigDecimal> terms = new LinkedHashMap<>();
            for (Term term : relation.terms()) {
                term.of().stream()
                        .map(i -> of[i])
                        .distinct()
                        .forEach(each -> terms.merge(each, term.times(), BigDecimal::add));
            }
            all.add(new Between(terms, relation.least(), relation.most()));
        }
        List<List<Between>> byClass = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            byClass.add(new ArrayList<>());
        }
        all.forEach(relation ->
                relation.terms().keySet().forEach(each -> byClass.get(each).add(relation)));
        return new Classes(of, sizes, List.copyOf(all), byClass);
    }

    private ExpressionsBasedModel model(BitSet of, BitSet without, @Nullable BigDecimal value) {
        Classes known = classes();
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Map<Integer, List<Variable>> variables = new HashMap<>();
        Expression asked = model.newExpression("asked");
        for (int each : connected(known, of, without)) {
            int in = count(known, of, each);
            int out = count(known, without, each);
            List<Variable> parts = new ArrayList<>();
            if (in > 0) {
                parts.add(variable(model, each, 1));
                asked.set(parts.getLast(), 1);
            }
            if (out > 0) {
                parts.add(variable(model, each, -1));
                asked.set(parts.getLast(), -1);
            }
            if (in + out < known.sizes()[each]) {
                parts.add(variable(model, each, 0));
            }
            variables.put(each, parts);
        }
        if (value != null) {
            asked.level(value);
        }
        known.relations().stream()
                .filter(relation ->
                        variables.keySet().containsAll(relation.terms().keySet()))
                .forEach(relation -> add(model, relation, variables));
        return model;
    }

    private static int count(Classes known, BitSet of, int which) {
        return (int) of.stream().filter(i -> known.of()[i] == which).count();
    }

    private static Variable variable(ExpressionsBasedModel model, int which, int weight) {
        return model.newVariable(which + "/" + weight).lower(0).weight(weight);
    }

    private static void add(ExpressionsBasedModel model, Between relation, Map<Integer, List<Variable>> variables) {
        Expression expression = model.newExpression("r" + model.countExpressions());
        relation.terms()
                .forEach((each, times) ->
                        variables.getOrDefault(each, List.of()).forEach(variable -> expression.set(variable, times)));
        if (relation.least() != null) {
            expression.lower(relation.least());
        }
        if (relation.most() != null) {
            expression.upper(relation.most());
        }
    }

    /** The classes that have anything to do with what is asked. */
    private static Set<Integer> connected(Classes known, BitSet of, BitSet without) {
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
