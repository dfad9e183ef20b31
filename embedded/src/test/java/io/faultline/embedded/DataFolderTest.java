package io.faultline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataFolderTest {

  @TempDir Path folder;

  @Test
  void aSecondOneInThisJvmIsRefusedWithOurPid() {
    try (DataFolder held = DataFolder.open(folder)) {
      assertThatThrownBy(() -> DataFolder.open(folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(held.path().toString())
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
    }
  }

  @Test
  void oneThatAnotherProcessHoldsIsRefusedWithItsPidAndTakenOverWhenThatIsKilled() {
    try (ChildJvm child = new ChildJvm(Holder.class, folder)) {
      String pid = child.awaitLine("holds");
      assertThatThrownBy(() -> DataFolder.open(folder)).hasMessageContaining("pid " + pid);
      child.kill();
      try (DataFolder held = DataFolder.open(folder)) {
        assertThat(held.part("kafka")).isEqualTo(held.path().resolve("kafka"));
      }
    }
  }

  @Test
  void itIsFreeAfterClose() {
    DataFolder.open(folder).close();
    DataFolder.open(folder).close();
  }

  @Test
  void aTemporaryOneGoesWithAllThatIsInIt() throws Exception {
    DataFolder temporary = DataFolder.temporary();
    Files.createDirectories(temporary.part("kafka").resolve("data"));
    temporary.close();
    assertThat(temporary.path()).doesNotExist();
  }

  /** Holds a folder until it is killed. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      DataFolder.open(Path.of(args[0]));
      System.out.println("holds " + ProcessHandle.current().pid());
      Thread.currentThread().join();
    }
  }
}
