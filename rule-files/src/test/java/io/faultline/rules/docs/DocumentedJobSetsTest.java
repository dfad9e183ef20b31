package io.faultline.rules.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.rules.resource.AnyDocument;
import io.faultline.rules.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/jobsets.md shows is read by the real reader, without a warning. */
class DocumentedJobSetsTest {

  @Test
  void everyYamlBlockIsAManifestThatIsRead() throws IOException {
    List<MarkdownBlock> blocks = MarkdownBlock.in(Path.of("../docs/jobsets.md"));

    assertThat(blocks).extracting(MarkdownBlock::language).contains("yaml jobset");
    assertThat(blocks)
        .filteredOn(block -> block.language().startsWith("yaml"))
        .allSatisfy(
            block ->
                assertThat(AnyDocument.lint(YamlFile.read(block.place(), block.text()).single()))
                    .isEmpty());
  }
}
