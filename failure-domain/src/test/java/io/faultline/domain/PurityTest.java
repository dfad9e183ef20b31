package io.faultline.domain;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What the build's allow-list can't say: which parts of the JDK a pure module leaves alone. */
class PurityTest {
  private static final JavaClasses DOMAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.faultline.domain");

  @Test
  void nothingReadsAClockAnEnvironmentOrChance() {
    DescribedPredicate<JavaCall<?>> impure =
        call(java.time.Instant.class, "now")
            .or(call(java.time.LocalDateTime.class, "now"))
            .or(call(java.time.LocalDate.class, "now"))
            .or(call(java.time.ZonedDateTime.class, "now"))
            .or(call(java.time.OffsetDateTime.class, "now"))
            .or(call(System.class, "currentTimeMillis"))
            .or(call(System.class, "nanoTime"))
            .or(call(System.class, "getenv"))
            .or(call(System.class, "getProperty"))
            .or(call(System.class, "exit"))
            .or(call(UUID.class, "randomUUID"))
            .or(call(Math.class, "random"));
    noClasses().should().callMethodWhere(impure).check(DOMAIN);
    noClasses()
        .should()
        .dependOnClassesThat(
            belongToAnyOf(
                java.time.Clock.class, Random.class, ThreadLocalRandom.class, Thread.class))
        .check(DOMAIN);
  }

  @Test
  void nothingReadsWritesOrLogs() {
    DescribedPredicate<JavaClass> outside =
        resideInAnyPackage(
                "java.io..",
                "java.nio.file..",
                "java.nio.channels..",
                "java.net..",
                "java.util.logging..",
                "java.sql..")
            .or(belongToAnyOf(System.Logger.class));
    DescribedPredicate<JavaClass> harmless =
        belongToAnyOf(Serializable.class, URLEncoder.class, URLDecoder.class);
    noClasses().should().dependOnClassesThat(outside.and(not(harmless))).check(DOMAIN);
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(DOMAIN);
  }

  @Test
  void javasOwnPatternsAreNotUsedWhereRulesAreMatched() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.faultline.domain.classify..",
            "io.faultline.domain.group..",
            "io.faultline.domain.pattern..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.regex..")
        .check(DOMAIN);
  }

  private static DescribedPredicate<JavaCall<?>> call(Class<?> type, String method) {
    DescribedPredicate<JavaClass> ofType = JavaClass.Predicates.equivalentTo(type);
    return JavaCall.Predicates.target(owner(ofType)).and(JavaCall.Predicates.target(name(method)));
  }
}
