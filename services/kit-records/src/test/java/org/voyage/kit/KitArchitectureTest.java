package org.voyage.kit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.voyage.kittest.NamingRules;

/** The packages of the kit: one idea each, without cycles. A rule that selects nothing fails. */
@AnalyzeClasses(packages = "org.voyage.kit", importOptions = ImportOption.DoNotIncludeTests.class)
class KitArchitectureTest {

    @ArchTest
    static final ArchTests NAMES = ArchTests.in(NamingRules.class);

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching("org.voyage.kit.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PARTS_OF_RECORD_ARE_FREE_OF_CYCLES =
            slices().matching("org.voyage.kit.record.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PARTS_OF_BULK_ARE_FREE_OF_CYCLES =
            slices().matching("org.voyage.kit.bulk.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule REFUSALS_KNOW_NO_OTHER_PACKAGE = noClasses()
            .that()
            .resideInAPackage("org.voyage.kit.problem..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.voyage.kit..").and(not(resideInAPackage("org.voyage.kit.problem.."))));

    /** The core of a package does not know its parts. */
    @ArchTest
    static final ArchRule RECORDS_DO_NOT_KNOW_HOW_THEY_ARE_WRITTEN = noClasses()
            .that()
            .resideInAPackage("org.voyage.kit.record")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.voyage.kit.record.*..");

    @ArchTest
    static final ArchRule THE_OUTBOX_DOES_NOT_KNOW_ITS_RESOURCES = noClasses()
            .that()
            .resideInAPackage("org.voyage.kit.outbox")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.voyage.kit.outbox.http..");

    @ArchTest
    static final ArchRule FORMATS_DO_NOT_KNOW_BATCHES = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.voyage.kit.bulk.format..", "org.voyage.kit.bulk.outcome..", "org.voyage.kit.bulk.spool..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.voyage.kit.bulk");

    /** Problems build responses and formats know media types; the rest of the lower packages is free of HTTP. */
    @ArchTest
    static final ArchRule HTTP_IS_AT_THE_EDGE_ONLY = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.voyage.kit.input..",
                    "org.voyage.kit.privacy..",
                    "org.voyage.kit.database..",
                    "org.voyage.kit.log..",
                    "org.voyage.kit.record",
                    "org.voyage.kit.record.check..",
                    "org.voyage.kit.record.parent..",
                    "org.voyage.kit.record.write..",
                    "org.voyage.kit.bulk.spool..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");
}
