/** {@code faultline up}: everything on one machine, in one process and its children. */
package io.faultline.cli.up;
