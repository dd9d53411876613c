package org.voyage.kittest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Architecture rules that keep the record services alike by convention, not by inheritance. Each service takes these
 * rules into its own test with {@code ArchTests.in(RecordArchitectureRules.class)}; a rule that selects nothing fails
 * too.
 */
public final class RecordArchitectureRules {

    private static final DescribedPredicate<JavaClass> RECORD_COMMANDS =
            assignableTo("org.voyage.kit.record.write.RecordCommands");
    private static final DescribedPredicate<JavaClass> RECORD_PACKAGES =
            resideInAPackage("org.voyage.*.*..").and(not(resideInAPackage("org.voyage.kit..")));

    @ArchTest
    static final ArchRule records_do_not_go_round_in_circles =
            slices().matching("org.voyage.*.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_the_records_share_knows_none_of_them =
            noClasses().that().resideInAPackage("org.voyage.*").should().dependOnClassesThat(RECORD_PACKAGES);

    @ArchTest
    static final ArchRule only_resources_speak_http_verbs =
            noClasses().that().haveSimpleNameNotEndingWith("Resource").should().beAnnotatedWith("jakarta.ws.rs.Path");

    @ArchTest
    static final ArchRule a_record_and_its_rules_know_only_the_jdk_and_the_kits_values = classes()
            .that(DescribedPredicate.describe("are records with commands", RecordArchitectureRules::hasCommands))
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", "org.voyage.kit.problem", "org.voyage.kit.input")
                            .or(RECORD_PACKAGES));

    @ArchTest
    static final ArchRule every_record_has_the_same_parts =
            classes().that(RECORD_COMMANDS).should(new RecordPartsCondition());

    private RecordArchitectureRules() {}

    private static boolean hasCommands(JavaClass one) {
        return one.getPackage().getClasses().stream()
                .anyMatch(other ->
                        other.getSimpleName().equals(one.getSimpleName() + "Service") && RECORD_COMMANDS.test(other));
    }
}
