package org.voyage.indicators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;

/** The rooms of the service. A rule that selects nothing fails, as is ArchUnit's default. */
@AnalyzeClasses(packages = "org.voyage.indicators", importOptions = ImportOption.DoNotIncludeTests.class)
class IndicatorsArchitectureTest {

    @ArchTest
    static final ArchRule FIGURES_DO_NOT_KNOW_WHO_ASKS = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.voyage.indicators.live..",
                    "org.voyage.indicators.evidence..",
                    "org.voyage.indicators.intake..",
                    "org.voyage.indicators.indicator..",
                    "org.voyage.indicators.reference..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.voyage.indicators.query..",
                    "org.voyage.indicators.values..",
                    "org.voyage.indicators.format..",
                    "org.voyage.indicators.stream..",
                    "org.voyage.indicators.reconciliation..",
                    "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule EVIDENCE_DOES_NOT_KNOW_THE_FIGURES_IN_MEMORY = noClasses()
            .that()
            .resideInAPackage("org.voyage.indicators.evidence..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.voyage.indicators.live..");

    /** What is written depends on the answer alone, or equal answers would not be equal bytes. */
    @ArchTest
    static final ArchRule FORMATS_KNOW_NEITHER_THE_CALLER_NOR_THE_HOUR = noClasses()
            .that()
            .resideInAPackage("org.voyage.indicators.format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.ws.rs..",
                    "org.voyage.kit.access..",
                    "org.voyage.indicators.live..",
                    "org.voyage.indicators.values..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    /** Who counts and derives again by what serves proves nothing. */
    @ArchTest
    static final ArchRule WHAT_IS_PROVED_IS_NOT_ASKED_FOR_THE_PROOF = noClasses()
            .that()
            .haveNameMatching("org\\.voyage\\.indicators\\.proof\\."
                    + "(Recount|Road|Totals|Tabulation|Deriver|Sought|Span)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.voyage.indicators.live..", "org.voyage.indicators.query..");

    @ArchTest
    static final ArchRule ROOMS_ARE_FREE_OF_CYCLES =
            slices().matching("org.voyage.indicators.(*)..").should().beFreeOfCycles();
}
