package org.voyage.cooperation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.voyage.kittest.NamingRules;
import org.voyage.kittest.RecordArchitectureRules;

/** Architecture test of the borders between the service's packages; a rule that selects nothing fails too. */
@AnalyzeClasses(packages = "org.voyage.cooperation", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {

    @ArchTest
    static final ArchTests names = ArchTests.in(NamingRules.class);

    @ArchTest
    static final ArchTests alike = ArchTests.in(RecordArchitectureRules.class);

    @ArchTest
    static final ArchRule what_students_are_counted_for_knows_nothing_of_their_headcounts = noClasses()
            .that()
            .resideInAnyPackage("..agreement..", "..institution..", "..programme..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..headcount..");

    @ArchTest
    static final ArchRule what_records_share_knows_only_the_jdk_and_the_kits_values = classes()
            .that()
            .haveSimpleName("Agreement")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.voyage.kit.problem",
                    "org.voyage.kit.input",
                    "org.voyage.cooperation.(*)..");
}
