/**
 * What a rule may ask of a failure. A matcher says whether it holds, and when it is worth asking:
 * what must have been seen for it to hold at all. To add one: a record here, permitted by {@link
 * io.faultline.domain.classify.matcher.Matcher}, and its keys in the reader of categories.
 */
@NullMarked
package io.faultline.domain.classify.matcher;

import org.jspecify.annotations.NullMarked;
