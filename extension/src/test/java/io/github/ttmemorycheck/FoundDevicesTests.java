package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.withSettings;

import io.github.ttmemorycheck.device.TtDevice;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.MockMakers;

/** What is looked into for devices, and what is left alone. */
@Timeout(60)
class FoundDevicesTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static final List<String> CLEARED = new ArrayList<>();

    private static Object field = "";

    /** Remembers that it was cleared. */
    static class NamedDevice implements TtDevice {
        private final String name;

        NamedDevice(String name) {
            this.name = name;
        }

        @Override
        public void enableProgramCache() {}

        @Override
        public void clearProgramCache() {
            CLEARED.add(name);
        }

        @Override
        public void disableAndClearProgramCache() {}

        @Override
        public long numProgramCacheEntries() {
            return 0;
        }
    }

    /** What a lazy value of a library looks like whose classes are not known here. */
    public static final class Later implements Supplier<TtDevice> {
        private final @Nullable TtDevice made;

        Later(@Nullable TtDevice made) {
            this.made = made;
        }

        public boolean isInitialized() {
            return made != null;
        }

        @Override
        public TtDevice get() {
            return made == null ? new NamedDevice("made by looking") : made;
        }
    }

    /** Kotlin's classes of lazy values are not public either. */
    private record KotlinLazy(Later later) implements kotlin.Lazy<TtDevice> {

        @Override
        public TtDevice getValue() {
            return later.get();
        }

        @Override
        public boolean isInitialized() {
            return later.isInitialized();
        }
    }

    @TtMemoryCheck
    static class HasAField {
        final Object value = field;

        @Test
        void uses_it() {
            assertThat(value).isSameAs(field);
        }
    }

    @BeforeEach
    void nothingCleared() {
        CLEARED.clear();
    }

    static List<Object> holders() {
        TtDevice a = new NamedDevice("a");
        return List.of(
                a,
                new TtDevice[] {a},
                List.of(a),
                new ArrayList<>(List.of(a)),
                Map.of("left", a),
                Map.of("left", List.of(a)),
                Optional.of(a),
                new AtomicReference<>(a),
                CompletableFuture.completedFuture(a),
                new AtomicReference<>(Optional.of(a)),
                new Later(a),
                new KotlinLazy(new Later(a)));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void a_device_is_found_in_what_holds_it(Object holder) {
        field = holder;

        assertThat(SERVER.run(HasAField.class).failed()).isEmpty();

        assertThat(CLEARED).containsExactly("a");
    }

    static List<Object> othersAndEmptyOnes() {
        Supplier<TtDevice> supplier = () -> new NamedDevice("made by looking");
        return List.of(
                supplier,
                new AtomicReference<TtDevice>(),
                new CompletableFuture<TtDevice>(),
                CompletableFuture.failedFuture(new IllegalStateException("not opened")),
                new Later(null),
                new KotlinLazy(new Later(null)),
                new ArrayList<>(Collections.singletonList(null)),
                new AbstractList<TtDevice>() {
                    @Override
                    public TtDevice get(int index) {
                        return supplier.get();
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("othersAndEmptyOnes")
    void none_is_made_by_looking(Object holder) {
        field = holder;

        assertThat(SERVER.run(HasAField.class).failed()).isEmpty();

        assertThat(CLEARED).isEmpty();
    }

    @Test
    void a_holder_that_holds_itself_does_no_harm() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        itself.add(new NamedDevice("a"));
        field = new AtomicReference<Object>(itself);

        assertThat(SERVER.run(HasAField.class).failed()).isEmpty();

        assertThat(CLEARED).contains("a");
    }

    static List<TtDevice> mocks() {
        return List.of(
                mock(TtDevice.class),
                mock(NamedDevice.class),
                spy(new NamedDevice("a")),
                mock(TtDevice.class, withSettings().mockMaker(MockMakers.PROXY)),
                mock(NamedDevice.class, withSettings().mockMaker(MockMakers.SUBCLASS)));
    }

    @ParameterizedTest
    @MethodSource("mocks")
    void a_mock_is_left_alone_wherever_it_is(TtDevice mock) {
        for (Object holder : List.of(mock, List.of(mock))) {
            field = holder;

            assertThat(SERVER.run(HasAField.class).failed()).isEmpty();
        }

        verifyNoMoreInteractions(mock);
    }

    @TtMemoryCheck
    static class IsHandedOver {
        private static final TtDevice DEVICE = mock(TtDevice.class);

        @Test
        void hands_it_over(DeviceMemory memory) {
            assertThat(memory.manage(DEVICE)).isSameAs(DEVICE);
        }
    }

    @Test
    void a_mock_that_is_handed_over_is_a_device_like_any_other() {
        SERVER.run(IsHandedOver.class);

        verify(IsHandedOver.DEVICE, atLeastOnce()).isOpen();
    }
}
