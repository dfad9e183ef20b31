/** Commands that need no server: {@code classify}, {@code decide}, {@code lint}. */
package io.faultline.cli.offline;
