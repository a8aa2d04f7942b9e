package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
        return Combinators.combine(
                        model,
                        Arbitraries.of(Precision.class),
                        version,
                        version,
                        version,
                        version,
                        Arbitraries.integers().between(1, 1024))
                .as(EngineKey::new);
    }
}
