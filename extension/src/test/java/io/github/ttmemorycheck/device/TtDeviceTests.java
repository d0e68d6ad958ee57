package io.github.ttmemorycheck.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Answers.CALLS_REAL_METHODS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class TtDeviceTests {

    @Test
    void is_open_unless_the_binding_knows_better(@Mock(answer = CALLS_REAL_METHODS) TtDevice device) {
        assertThat(device.isOpen()).isTrue();
    }
}
