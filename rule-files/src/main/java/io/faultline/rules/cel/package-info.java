/**
 * Conditions in CEL, the Common Expression Language: {@link io.faultline.rules.cel.CelExpression}
 * compiles and checks one, {@link io.faultline.rules.cel.Vocabulary} says what it can ask about.
 * Nothing else here knows the library.
 */
package io.faultline.rules.cel;
