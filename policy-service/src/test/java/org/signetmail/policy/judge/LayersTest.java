package org.signetmail.policy.judge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Packages have no cycles, and what decides a verdict knows no framework. */
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.signetmail.policy");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.signetmail.policy.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theCoreIsPlainJava() {
        String[] core = {"..policy.judge..", "..policy.check..", "..policy.originator.."};
        classes()
                .that()
                .resideInAnyPackage(core)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "..policy.judge..", "..policy.check..", "..policy.originator..", "java..", "com.ibm.icu..")
                .check(CLASSES);
    }
}
