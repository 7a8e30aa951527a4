package org.visionfashion;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. */
class ArchitectureTest {

  private static final String ROOT = "org.visionfashion";
  private static final Path SOURCES = Path.of("src/main/java/org/visionfashion");

  /** Each package with the packages of ours that it may use. */
  private static final Map<String, List<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("base", List.of()),
              Map.entry("config", List.of("base")),
              Map.entry("run", List.of("base", "config")),
              Map.entry("data", List.of("base", "config")),
              Map.entry("hub", List.of("base", "config")),
              Map.entry("demo", List.of("base", "config", "data")),
              Map.entry("engine", List.of("base", "config")),
              Map.entry("nn", List.of("base", "config", "engine")),
              Map.entry("model", List.of("base", "config", "engine", "data", "nn")),
              Map.entry(
                  "weights", List.of("base", "config", "hub", "engine", "data", "nn", "model")),
              Map.entry("metrics", List.of("base", "data")),
              Map.entry(
                  "eval",
                  List.of(
                      "base", "config", "run", "engine", "data", "nn", "model", "weights",
                      "metrics")),
              Map.entry(
                  "report",
                  List.of("base", "config", "run", "data", "model", "weights", "metrics", "eval")),
              Map.entry(
                  "train",
                  List.of(
                      "base", "config", "run", "engine", "data", "nn", "model", "weights",
                      "metrics", "eval")),
              Map.entry(
                  "bench",
                  List.of(
                      "base", "config", "run", "engine", "data", "nn", "model", "weights",
                      "metrics", "eval", "report", "train"))));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** No rule below can pass because it looked at nothing. */
  @Test
  void everySourceFileIsSeen() throws IOException {
    Set<String> seen =
        CLASSES.stream()
            .filter(each -> each.getEnclosingClass().isEmpty())
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
    List<String> written = sources();
    assertThat(written).hasSizeGreaterThan(40);
    assertThat(seen).containsAll(written);
  }

  @Test
  void everyPackageHasItsPlace() throws IOException {
    try (Stream<Path> entries = Files.list(SOURCES)) {
      List<String> packages =
          entries.filter(Files::isDirectory).map(path -> path.getFileName().toString()).toList();
      assertThat(packages).isNotEmpty().allMatch(name -> name.equals("cli") || isLayer(name));
    }
  }

  static Set<String> layers() {
    return MAY_USE.keySet();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aPackageUsesOnlyWhatStandsBelow(String layer) {
    String[] foreign =
        Stream.concat(layers().stream(), Stream.of("cli"))
            .filter(other -> !other.equals(layer) && !MAY_USE.get(layer).contains(other))
            .map(other -> inside(other))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(inside(layer))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(foreign)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theDoorForJavaProgramsKnowsNoCommand() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(inside("cli"))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void noCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void metricsArePlainJava() {
    classes()
        .that()
        .resideInAPackage(inside("metrics"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", inside("metrics"), inside("data"))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void dataNeedsTheEngineOnlyWhereItMustAndConfigNever() {
    noClasses()
        .that(
            resideInAPackage(inside("config"))
                .or(
                    resideInAPackage(inside("data"))
                        .and(not(resideInAPackage(inside("data.djl"))))
                        .and(not(resideInAPackage(inside("data.text"))))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandsPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("cli"))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
  }

  /** A token in the environment cannot reach a report or a checkpoint. */
  @Test
  void onlyTheCommandsSeeTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("cli"))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CLASSES);
  }

  /** The process is prepared for libtorch before it is loaded, whoever asks first. */
  @Test
  void theEngineStartsInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.visionfashion.engine.Machine")
        .should()
        .callMethod(Engine.class, "getEngine", String.class)
        .orShould()
        .callMethod(Engine.class, "getInstance")
        .orShould()
        .callMethod(NDManager.class, "newBaseManager")
        .orShould()
        .callMethod(NDManager.class, "newBaseManager", Device.class)
        .orShould()
        .callMethod(NDManager.class, "newBaseManager", String.class)
        .orShould()
        .callMethod(NDManager.class, "newBaseManager", Device.class, String.class)
        .check(CLASSES);
  }

  @Test
  void onlyMainExits() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.visionfashion.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  @Test
  void nobodyCollectsGarbageByHand() {
    noClasses().should().callMethod(System.class, "gc").check(CLASSES);
  }

  private static boolean isLayer(String name) {
    return MAY_USE.containsKey(name);
  }

  private static String inside(String name) {
    return ROOT + "." + name + "..";
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .map(file -> SOURCES.relativize(file).toString().replaceAll("\\.java$", ""))
          .map(name -> ROOT + "." + name.replace('\\', '.').replace('/', '.'))
          .toList();
    }
  }
}
