package io.faultline.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The columns of a table, each with what it shows of a thing. Immutable. */
public final class Columns {

  /** The most characters of a cell before it is cut, in a table that is not wide. */
  private static final int WIDEST = 60;

  private record Column(String title, Function<JsonNode, String> cell, boolean onlyWide) {}

  private final List<Column> columns;

  private Columns(List<Column> columns) {
    this.columns = columns;
  }

  /** None yet. */
  public static Columns none() {
    return new Columns(List.of());
  }

  /** And one that shows the value at a path such as {@code failureInfo.exitCode}. */
  public Columns add(String title, String path) {
    return add(title, thing -> Cells.at(thing, path));
  }

  /** And one that shows what the function makes of a thing. */
  public Columns add(String title, Function<JsonNode, String> cell) {
    return with(new Column(title, cell, false));
  }

  /** And one that only wide tables have. */
  public Columns wide(String title, String path) {
    return with(new Column(title, thing -> Cells.at(thing, path), true));
  }

  private Columns with(Column column) {
    List<Column> more = new ArrayList<>(columns);
    more.add(column);
    return new Columns(more);
  }

  /** Prints titles and a line for each thing; titles alone where there are none. */
  public void print(PrintWriter out, List<? extends JsonNode> things, boolean wide) {
    List<Column> shown = columns.stream().filter(c -> wide || !c.onlyWide()).toList();
    List<List<String>> lines = new ArrayList<>();
    lines.add(shown.stream().map(Column::title).toList());
    for (JsonNode thing : things) {
      lines.add(
          shown.stream().map(c -> Cells.line(c.cell().apply(thing), wide ? 0 : WIDEST)).toList());
    }
    print(out, lines);
  }

  /** Prints lines of cells, each column as wide as its widest cell. */
  static void print(PrintWriter out, List<List<String>> lines) {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).codePointCount(0, line.get(i).length()));
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = line.get(i);
        text.append(cell).append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length()) + 2));
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
