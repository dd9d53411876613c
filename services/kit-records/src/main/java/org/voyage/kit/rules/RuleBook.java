package org.voyage.kit.rules;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.voyage.kit.outbox.OutboxConfig;
import org.voyage.kit.problem.RuleVerdict;
import org.voyage.kit.reference.ChinaTime;

/** Rule book: the rules for the records of this service. */
@ApplicationScoped
public class RuleBook {

    private final Map<String, Rule> rules;

    /** @throws IllegalStateException if a file is wrong, naming it and the reason */
    RuleBook(RulesConfig config, OutboxConfig outbox) {
        this.rules = RuleFiles.loadRules(outbox.service(), config.folder().orElse(null));
    }

    Collection<Rule> rules() {
        return List.copyOf(rules.values());
    }

    public Optional<Rule> findRule(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    /** Returns today's verdict about a broken rule for a record of this type; an unknown rule refuses. */
    public Function<String, RuleVerdict> verdictsFor(String record) {
        LocalDate today = ChinaTime.today();
        return id -> {
            Rule rule = rules.get(id);
            return rule == null || !rule.appliesTo(record) ? RuleVerdict.REFUSE : rule.verdictOn(today);
        };
    }
}
