package io.faultline.rules.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.classify.RuleRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationJsonTest {

  @Test
  void allFieldsAreThere() {
    FailureInfo info = new FailureInfo(1, "boom", "main", "gpu", "ecc", List.of("gpu", "x"), "h");
    assertThat(
            ClassificationJson.of(
                    new Classification(
                        info, PodAction.DELETE, "boom\n\nh", new RuleRef("gpu", 2), false))
                .toString())
        .isEqualTo(
            "{\"category\":\"gpu\",\"subcategory\":\"ecc\",\"categories\":[\"gpu\",\"x\"],"
                + "\"action\":\"Delete\",\"hint\":\"h\",\"message\":\"boom\\n\\nh\","
                + "\"rule\":{\"category\":\"gpu\",\"index\":2},"
                + "\"failureInfo\":{\"exitCode\":1,\"terminationMessage\":\"boom\","
                + "\"containerName\":\"main\",\"category\":\"gpu\",\"subcategory\":\"ecc\","
                + "\"categories\":[\"gpu\",\"x\"],\"hint\":\"h\"}}");
  }

  @Test
  void inFailureInfoOnlyFieldsThatCarrySomethingAreThere() {
    FailureInfo nothing = new FailureInfo(null, "", "", "", "", List.of(), "");
    assertThat(
            ClassificationJson.of(new Classification(nothing, PodAction.RETAIN, "", null, false))
                .toString())
        .isEqualTo(
            "{\"category\":\"\",\"subcategory\":\"\",\"categories\":[],\"action\":\"Retain\","
                + "\"hint\":\"\",\"message\":\"\",\"rule\":null,\"failureInfo\":{}}");
  }
}
