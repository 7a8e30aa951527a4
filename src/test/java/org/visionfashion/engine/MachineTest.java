package org.visionfashion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.visionfashion.base.UserError;

class MachineTest {

  @Test
  void devicesByName() {
    assertThat(Machine.devices(List.of("auto"), 0)).containsExactly(Device.cpu());
    assertThat(Machine.devices(List.of("auto"), 2)).containsExactly(Device.gpu(0));
    assertThat(Machine.devices(List.of("all"), 0)).containsExactly(Device.cpu());
    assertThat(Machine.devices(List.of("all"), 2)).containsExactly(Device.gpu(0), Device.gpu(1));
    assertThat(Machine.devices(List.of("cpu"), 2)).containsExactly(Device.cpu());
    assertThat(Machine.devices(List.of("gpu2", "gpu0"), 3))
        .containsExactly(Device.gpu(2), Device.gpu(0));
    assertThat(Machine.devices(List.of("cpu", "cpu"), 1))
        .containsExactly(Device.cpu(), Device.cpu());
  }

  @Test
  void aGpuThatIsNotThere() {
    assertThatThrownBy(() -> Machine.devices(List.of("gpu0"), 0))
        .isInstanceOf(UserError.class)
        .hasMessage("run.devices: there is no gpu0: PyTorch sees no GPU here; auto takes the CPU");
    assertThatThrownBy(() -> Machine.devices(List.of("gpu1", "gpu2"), 2))
        .isInstanceOf(UserError.class)
        .hasMessage("run.devices: there is no gpu2: PyTorch sees 2 here, the last is gpu1");
  }

  @Test
  void describesDevices() {
    assertThat(Machine.describe(Device.cpu())).startsWith("cpu, ");
    assertThat(Machine.describe(List.of(Device.gpu(0), Device.gpu(1))))
        .startsWith("gpu 0, gpu 1, ");
  }
}
