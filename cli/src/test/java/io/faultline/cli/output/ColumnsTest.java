package io.faultline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final Columns COLUMNS =
      Columns.none().add("NAME", "name").add("CODE", "info.exitCode").wide("NODE", "node");

  @Test
  void eachColumnIsAsWideAsItsWidestCell() {
    assertThat(table(false, thing("a", 1), thing("longer", 137)))
        .isEqualTo("NAME    CODE\na       1\nlonger  137\n");
  }

  @Test
  void aWideTableHasMoreColumns() {
    assertThat(table(true, thing("a", 1).put("node", "n")))
        .isEqualTo("NAME  CODE  NODE\na     1     n\n");
  }

  @Test
  void aCellIsOneLineAndCutAndObeyedByNoTerminal() {
    assertThat(table(false, thing("a\u001b[31m\nb" + "x".repeat(100), 1)))
        .contains("a\ufffd[31m b" + "x".repeat(51) + "…");
  }

  private static String table(boolean wide, ObjectNode... things) {
    StringWriter out = new StringWriter();
    COLUMNS.print(new PrintWriter(out, true), List.of(things), wide);
    return out.toString();
  }

  private static ObjectNode thing(String name, int code) {
    ObjectNode thing = JsonNodeFactory.instance.objectNode().put("name", name);
    thing.putObject("info").put("exitCode", code);
    return thing;
  }
}
