package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.GpuDevice;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EngineKeyPropertiesTest {

    @Property(tries = 300, edgeCases = EdgeCasesMode.MIXIN)
    void everyKeyNamesADirectoryOfACache(@ForAll("keys") EngineKey key) {
        assertThat(EngineKey.isDirectoryName(key.directoryName())).isTrue();
        assertThat(key.directoryName()).hasSizeLessThan(200);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.MIXIN)
    void twoKeysShareADirectoryOnlyIfTheyAreEqual(@ForAll("keys") EngineKey one, @ForAll("keys") EngineKey other) {
        assertThat(one.directoryName().equals(other.directoryName())).isEqualTo(one.equals(other));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.MIXIN)
    void aKeyIsReadBackAsItWasWritten(@ForAll("keys") EngineKey key) {
        assertThat(EngineKey.read(key.json())).isEqualTo(key);
    }

    @Provide
    static Arbitrary<EngineKey> keys() {
        Arbitrary<String> model = Arbitraries.of('a', 'b', 'c').map(SampleEngine::digest);
        Arbitrary<String> version = Arbitraries.strings()
                .withChars("0123456789.azAZ_+-")
                .ofMaxLength(31)
                .map(text -> "1" + text);
        Arbitrary<EngineSpecification> specification = Combinators.combine(
                        Arbitraries.of(Precision.class), Arbitraries.integers().between(1, 1024), model)
                .as(EngineSpecification::new);
        Arbitrary<GpuDevice> device = Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange(' ', '~')
                                .ofMinLength(1)
                                .ofMaxLength(256),
                        Arbitraries.integers().between(0, 99),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.longs().greaterOrEqual(0))
                .as(GpuDevice::new);
        Arbitrary<DeviceFacts> machine =
                Combinators.combine(version, version, device, version).as(DeviceFacts::new);
        return Combinators.combine(model, specification, version, machine).as(EngineKey::new);
    }
}
