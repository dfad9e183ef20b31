package io.faultline.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class StructureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.faultline.schemas");

  @Test
  void generatedClassesAreUsedByTheirMappingOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.faultline.schemas.wire", "io.faultline.schemas.avro")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.faultline.schemas.avro")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.faultline.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
