package org.voyage.indicators;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import org.voyage.kittest.NamingRules;

/**
 * Rules of the layers of the service by package. A rule without matching classes fails, which is ArchUnit's default.
 */
@AnalyzeClasses(packages = "org.voyage.indicators", importOptions = ImportOption.DoNotIncludeTests.class)
class IndicatorsArchitectureTest {

    private static final String ROOT = "org.voyage.indicators.";

    @ArchTest
    static final ArchTests NAMES = ArchTests.in(NamingRules.class);

    @ArchTest
    static final ArchRule LAYERS_DEPEND_DOWNWARDS_ONLY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("config")
            .definedBy(ROOT + "config..")
            .layer("definition")
            .definedBy(ROOT + "definition..", ROOT + "reference..")
            .layer("intake")
            .definedBy(ROOT + "fact..")
            .layer("storage")
            .definedBy(ROOT + "evidence..")
            .layer("engine")
            .definedBy(ROOT + "cube..", ROOT + "live..", ROOT + "history..")
            .layer("query")
            .definedBy(ROOT + "query")
            .layer("query http")
            .definedBy(ROOT + "query.http..")
            .layer("feature")
            .definedBy(ROOT + "feature..")
            .layer("app")
            .definedBy(ROOT + "app..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("feature")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("query http")
            .mayOnlyBeAccessedByLayers("feature", "app")
            .whereLayer("query")
            .mayOnlyBeAccessedByLayers("query http", "feature", "app")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("query", "query http", "feature", "app")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("engine", "query", "query http", "feature", "app")
            .whereLayer("intake")
            .mayOnlyBeAccessedByLayers("storage", "engine", "query", "query http", "feature", "app");

    @ArchTest
    static final ArchRule CONFIGURATION_KNOWS_NO_OTHER_PACKAGE = noClasses()
            .that()
            .resideInAPackage(ROOT + "config..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.voyage.indicators..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(ROOT + "config.."))));

    @ArchTest
    static final ArchRule HTTP_IS_AT_THE_EDGE_ONLY = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "feature..", ROOT + "query.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule THE_CUBE_IS_PURE = classes()
            .that()
            .resideInAPackage(ROOT + "cube..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + "cube..");

    @ArchTest
    static final ArchRule EVIDENCE_DOES_NOT_KNOW_THE_FIGURES_IN_MEMORY = noClasses()
            .that()
            .resideInAPackage(ROOT + "evidence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "live..", ROOT + "cube..");

    /** A recount by the serving code would prove nothing. */
    @ArchTest
    static final ArchRule THE_RECOUNT_IS_INDEPENDENT = classes()
            .that()
            .resideInAPackage(ROOT + "feature.verification.recount..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "feature.verification.recount..",
                    ROOT + "definition..",
                    ROOT + "reference..",
                    ROOT + "evidence..",
                    ROOT + "config..",
                    "org.voyage.kit.database..",
                    "org.voyage.kit.log..",
                    "com.fasterxml..",
                    "jakarta.enterprise..",
                    "org.apache.kafka..",
                    "org.jspecify..",
                    "java..");

    /** Bytes depend on the answer alone: equal answers have equal bytes. */
    @ArchTest
    static final ArchRule FORMATS_KNOW_NEITHER_CALLER_NOR_CLOCK = noClasses()
            .that()
            .resideInAPackage(ROOT + "feature.format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.ws.rs..", "org.voyage.kit.access..", ROOT + "live..", ROOT + "feature.values..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching("org.voyage.indicators.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule FEATURES_ARE_FREE_OF_CYCLES =
            slices().matching("org.voyage.indicators.feature.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PARTS_OF_THE_VERIFICATION_ARE_FREE_OF_CYCLES = slices().matching(
                    "org.voyage.indicators.feature.verification.(*)..")
            .should()
            .beFreeOfCycles();

    /** Dependencies between features; a new one is a decision. */
    @ArchTest
    static final ArchRule FEATURES_USE_EACH_OTHER_AS_LISTED_ONLY = slices().matching(
                    "org.voyage.indicators.feature.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage("..feature.values.."), resideInAPackage("..feature.format.."))
            .ignoreDependency(
                    resideInAnyPackage(
                            "..feature.explanation..", "..feature.completeness..", "..feature.reconciliation.."),
                    resideInAnyPackage("..feature.format..", "..feature.tabular.."))
            .ignoreDependency(resideInAPackage("..feature.tabular.."), resideInAPackage("..feature.format.."))
            .ignoreDependency(resideInAPackage("..feature.values.."), resideInAPackage("..feature.release.."))
            .ignoreDependency(
                    resideInAnyPackage(
                            "..feature.values..",
                            "..feature.stream..",
                            "..feature.release..",
                            "..feature.explanation..",
                            "..feature.preview.."),
                    resideInAPackage("..feature.completeness.."))
            .ignoreDependency(resideInAPackage("..feature.explanation.."), resideInAPackage("..feature.preview.."))
            .ignoreDependency(
                    resideInAPackage("..feature.reconciliation.."), resideInAPackage("..feature.explanation.."))
            .ignoreDependency(resideInAPackage("..feature.reconciliation.."), resideInAPackage("..feature.published.."))
            .ignoreDependency(resideInAPackage("..feature.rehearsal.."), resideInAPackage("..feature.release.."))
            .ignoreDependency(
                    resideInAPackage("..feature.verification.rebuild.."), resideInAPackage("..feature.completeness.."));
}
