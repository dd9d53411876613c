package org.voyage.feeds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.voyage.kittest.NamingRules;

/** The packages of feeds, without cycles. A rule without matching classes fails, which is ArchUnit's default. */
@AnalyzeClasses(packages = "org.voyage.feeds", importOptions = ImportOption.DoNotIncludeTests.class)
class FeedsArchitectureTest {

    private static final String ROOT = "org.voyage.feeds.";

    @ArchTest
    static final ArchTests NAMES = ArchTests.in(NamingRules.class);

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PARTS_OF_DELIVERIES_ARE_FREE_OF_CYCLES =
            slices().matching(ROOT + "delivery.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PARTS_OF_DELIVERIES_DO_NOT_KNOW_THE_DELIVERERS = noClasses()
            .that()
            .resideInAPackage(ROOT + "delivery.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "delivery");

    /** A queue decides without clock, network or database. */
    @ArchTest
    static final ArchRule QUEUES_ARE_PURE = noClasses()
            .that()
            .resideInAPackage(ROOT + "delivery.queue..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.time.Clock", "java.sql..", "java.net..", "jakarta.ws.rs..", "org.voyage.kit.database..");

    /** Only the calendar asks the database, whose clock it follows. */
    @ArchTest
    static final ArchRule SCOPES_ARE_FREE_OF_HTTP_AND_DATABASE = noClasses()
            .that()
            .resideInAPackage(ROOT + "scope..")
            .and()
            .doNotHaveSimpleName("ScopeCalendar")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "java.sql..", "org.voyage.kit.database..");
}
