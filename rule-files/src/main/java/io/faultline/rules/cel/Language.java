package io.faultline.rules.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the library is set up: the standard language without what would escape the checker. */
final class Language {

  /** The longest source, in bytes of UTF-8 as in characters. */
  static final int LONGEST_SOURCE = 4096;

  /** The function whose patterns are ours. */
  static final String MATCHES = "matches";

  private static final Set<CelStandardDeclarations.StandardFunction> NOT_TAKEN =
      Set.of(
          CelStandardDeclarations.StandardFunction.DYN,
          CelStandardDeclarations.StandardFunction.TYPE);

  private static final Set<CelType> UNUSED = Set.of(SimpleType.UINT, SimpleType.BYTES);

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LONGEST_SOURCE)
          .maxParseRecursionDepth(100)
          .maxParseErrorRecoveryLimit(1)
          .comprehensionMaxIterations(Reading.MOST_STEPS)
          .enableHeterogeneousNumericComparisons(true)
          .errorOnDuplicateMapKeys(true)
          .build();

  private static final CelCompiler COMPILER = compiler(new Types());

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .setTypeProvider(new Types())
          .setStandardFunctions(
              CelStandardFunctions.newBuilder()
                  .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES)
                  .build())
          .addLateBoundFunctions(MATCHES)
          .build();

  private Language() {}

  static CelCompiler compiler() {
    return COMPILER;
  }

  static CelRuntime runtime() {
    return RUNTIME;
  }

  /** One that asks other types; each takes milliseconds to make. */
  static CelCompiler compiler(CelTypeProvider types) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .filterFunctions(
                        (function, overload) -> isTaken(function, overload.celOverloadDecl()))
                    .filterIdentifiers(identifier -> false)
                    .build())
            .setTypeProvider(types)
            .setResultType(SimpleType.BOOL);
    for (Vocabulary variable : Vocabulary.values()) {
      builder.addVar(variable.word(), variable.type());
    }
    return builder.build();
  }

  /**
   * Nothing here is bytes or without a sign, and numbers are not mixed. What is left out costs
   * nothing when an expression is checked; most of that time goes into the list of functions.
   */
  private static boolean isTaken(
      CelStandardDeclarations.StandardFunction function, CelOverloadDecl overload) {
    List<CelType> types = overload.parameterTypes();
    return !NOT_TAKEN.contains(function)
        && types.stream().noneMatch(UNUSED::contains)
        && !UNUSED.contains(overload.resultType())
        && !(types.contains(SimpleType.INT) && types.contains(SimpleType.DOUBLE));
  }

  /** The types of what can be asked about, and no others. */
  static class Types implements CelTypeProvider {
    private static final ImmutableList<CelType> ALL = Vocabulary.types();

    @Override
    public ImmutableCollection<CelType> types() {
      return ALL;
    }

    @Override
    public Optional<CelType> findType(String name) {
      return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }
  }
}
