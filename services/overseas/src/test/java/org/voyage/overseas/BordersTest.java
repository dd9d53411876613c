package org.voyage.overseas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.voyage.kittest.NamingRules;
import org.voyage.kittest.RecordArchitectureRules;

/** Architecture test of the borders between the service's packages; a rule that selects nothing fails too. */
@AnalyzeClasses(packages = "org.voyage.overseas", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {

    @ArchTest
    static final ArchTests names = ArchTests.in(NamingRules.class);

    @ArchTest
    static final ArchTests alike = ArchTests.in(RecordArchitectureRules.class);

    @ArchTest
    static final ArchRule a_school_knows_nothing_of_the_records_that_belong_to_it = noClasses()
            .that()
            .resideInAPackage("..school..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..headcount..", "..training..");
}
