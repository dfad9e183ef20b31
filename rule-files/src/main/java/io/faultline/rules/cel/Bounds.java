package io.faultline.rules.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import io.faultline.domain.pattern.BadPatternException;
import io.faultline.domain.pattern.Re2Pattern;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses what the checker lets pass but could cost without bound, or is never meant; and compiles
 * the patterns, which must therefore stand in the expression as they are.
 */
final class Bounds {
  private static final int MOST_LEVELS = 100;

  /** How deep lists can be gone through within each other. */
  private static final int MOST_NESTED = 3;

  private final CelAbstractSyntaxTree tree;
  private final Map<String, Re2Pattern> patterns = new HashMap<>();
  private boolean asksNothing = true;

  private Bounds(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  static Bounds check(CelAbstractSyntaxTree tree) {
    CelNavigableExpr root = CelNavigableAst.fromAst(tree).getRoot();
    if (root.height() > MOST_LEVELS) {
      throw new BadExpressionException("nests deeper than " + MOST_LEVELS + " levels");
    }
    Bounds bounds = new Bounds(tree);
    root.allNodes().forEach(bounds::node);
    return bounds;
  }

  /** By their text. */
  Map<String, Re2Pattern> patterns() {
    return patterns;
  }

  /** Whether it says the same of every failure. */
  boolean asksNothing() {
    return asksNothing;
  }

  private void node(CelNavigableExpr node) {
    CelExpr expr = node.expr();
    switch (node.getKind()) {
      case IDENT -> asksNothing &= Vocabulary.ofWord(expr.ident().name()).isEmpty();
      case CALL -> call(expr);
      case COMPREHENSION -> comprehension(node);
      case SELECT -> select(expr);
      case STRUCT -> throw at(expr, "a value of a type can't be made here");
      default -> {}
    }
    tree.getType(expr.id()).ifPresent(type -> type(expr, type));
  }

  private void call(CelExpr expr) {
    if (!expr.call().function().equals(Language.MATCHES)) {
      return;
    }
    CelExpr pattern = expr.call().args().get(expr.call().args().size() - 1);
    if (pattern.getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      throw at(pattern, "the pattern of matches must stand here as text in quotes");
    }
    String text = pattern.constant().stringValue();
    try {
      patterns.put(text, Re2Pattern.compile(text));
    } catch (BadPatternException e) {
      throw at(pattern, "\"" + text + "\" is " + e.getMessage());
    }
  }

  private void comprehension(CelNavigableExpr node) {
    int nested = 1;
    CelNavigableExpr inner = node;
    Optional<CelNavigableExpr> outer = node.parent();
    while (outer.isPresent()) {
      nested += isGoneThroughIn(inner, outer.get()) ? 1 : 0;
      inner = outer.get();
      outer = inner.parent();
    }
    if (nested > MOST_NESTED) {
      throw at(
          node.expr(),
          "lists are gone through "
              + nested
              + " levels deep (all, exists, exists_one, map, filter); at most "
              + MOST_NESTED
              + " are allowed");
    }
  }

  /** The list itself is made once; all else of a comprehension is done for each item. */
  private static boolean isGoneThroughIn(CelNavigableExpr inner, CelNavigableExpr outer) {
    return outer.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION
        && outer.expr().comprehension().iterRange().id() != inner.id();
  }

  /** The fields of what has no type, such as an item of an empty list, can't be checked. */
  private void select(CelExpr expr) {
    CelKind kind = tree.getTypeOrThrow(expr.select().operand().id()).kind();
    if (kind != CelKind.STRUCT && kind != CelKind.MAP) {
      throw at(expr, "unknown field \"" + expr.select().field() + "\": this has no fields");
    }
  }

  /** What is nested can be larger than what it was made from by any power. */
  private void type(CelExpr expr, CelType type) {
    if (holds(type) && type.parameters().stream().anyMatch(t -> t.kind() == CelKind.DYN)) {
      throw at(expr, "items of one known type are expected");
    }
    if (holds(type) && type.parameters().stream().anyMatch(Bounds::holds)) {
      throw at(expr, "lists and maps can't hold lists or maps: " + type.name());
    }
  }

  private static boolean holds(CelType type) {
    return type instanceof ListType || type instanceof MapType;
  }

  private BadExpressionException at(CelExpr expr, String problem) {
    return tree.getSource()
        .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0))
        .map(place -> BadExpressionException.at(place.getLine(), place.getColumn(), problem))
        .orElseGet(() -> new BadExpressionException(problem));
  }
}
