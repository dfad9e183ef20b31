package io.faultline.server.lookout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodRequestsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"containers": [{"resources": {"requests": {"cpu": "500m", "memory": "1Gi"}}}, {"resources": {"limits": {"cpu": 2}}}]} | 2.5 | 1073741824
          {"containers": [{"resources": {"requests": {"cpu": 1}, "limits": {"cpu": 8, "memory": "1Ki"}}}]} | 1 | 1024
          {"containers": [{"name": "main"}]} | 0 | 0
          {"initContainers": [{"resources": {"requests": {"cpu": 4}}}], "containers": [{"resources": {"requests": {"cpu": 1}}}]} | 4 | 0
          {"initContainers": [{"restartPolicy": "Always", "resources": {"requests": {"cpu": 1}}}, {"resources": {"requests": {"cpu": 2}}}], "containers": [{"resources": {"requests": {"cpu": 1}}}]} | 3 | 0
          {"initContainers": [{"restartPolicy": "Always", "resources": {"requests": {"cpu": 1}}}], "containers": [{"resources": {"requests": {"cpu": 3}}}], "overhead": {"cpu": "250m"}} | 4.25 | 0
          """)
  void a_pod_asks_for_what_kubernetes_reckons(String podSpec, String cpu, String memory) {
    PodRequests requests = PodRequests.of(RowJson.parse(podSpec));
    assertThat(requests.cpu()).isEqualByComparingTo(cpu);
    assertThat(requests.memory()).isEqualByComparingTo(memory);
  }
}
