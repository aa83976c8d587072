package sungu.keras;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KerasTest {
    @Test
    void knows_its_version() {
        assertTrue(Keras.version().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), Keras.version());
    }

    @Test
    void is_tested_as_a_module() {
        assertTrue(Keras.class.getModule().isNamed());
    }
}
