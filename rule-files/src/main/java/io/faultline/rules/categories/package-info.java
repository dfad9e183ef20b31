/**
 * Categories of failures: {@link io.faultline.rules.categories.CategoriesReader} reads a file in
 * any of its forms, {@link io.faultline.rules.categories.CategoriesLint} says what in it is hardly
 * meant.
 */
package io.faultline.rules.categories;
