package io.faultline.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** JSON as YAML text, which every reader of YAML takes for the same values. */
public final class YamlText {

  private YamlText() {}

  /** The whole as a document. */
  public static String of(JsonNode node) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .setSchema(new CoreSchema())
            .build();
    return new Dump(settings, new Texts(settings)).dumpToString(plain(node));
  }

  private static Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        node.forEach(item -> list.add(plain(item)));
        yield list;
      }
      case NUMBER -> node.numberValue();
      case BOOLEAN -> node.booleanValue();
      case NULL, MISSING -> null;
      case STRING, BINARY, POJO -> node.asText();
    };
  }

  /** Puts text in quotes that some reader would take for a number, a time or a truth value. */
  private static final class Texts extends StandardRepresenter {
    private static final Pattern DOUBTFUL =
        Pattern.compile("[-+.0-9].*|(?i:y|yes|n|no|on|off)", Pattern.DOTALL);

    /**
     * Lines that are read back as they are: neither the first nor the last one begins with space.
     */
    private static final Pattern BLOCK = Pattern.compile("\\S(.*\\S)?\n?", Pattern.DOTALL);

    /** What nobody sees, and readers drop or take for the end of a line. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}&&[^\t\n]]");

    Texts(DumpSettings settings) {
      super(settings);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      boolean quoted = tag.equals(Tag.STR) && doubtful(value, style);
      return super.representScalar(tag, value, quoted ? ScalarStyle.DOUBLE_QUOTED : style);
    }

    private static boolean doubtful(String value, ScalarStyle style) {
      return switch (style) {
        case PLAIN -> DOUBTFUL.matcher(value).matches() || UNSEEN.matcher(value).find();
        case LITERAL -> !BLOCK.matcher(value).matches() || UNSEEN.matcher(value).find();
        default -> false;
      };
    }
  }
}
