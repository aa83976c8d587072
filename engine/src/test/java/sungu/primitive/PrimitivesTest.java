package sungu.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

class PrimitivesTest {
    @Test
    void everyPrimitiveHasALine() throws IOException, URISyntaxException, ClassNotFoundException {
        var root =
                Path.of(
                        Primitive.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        var missing = new TreeSet<String>();
        try (var files = Files.walk(root)) {
            for (var file :
                    files.filter(f ->
                                    f.toString().endsWith(".class")
                                            && !f.endsWith("module-info.class"))
                            .toList()) {
                var name =
                        root.relativize(file)
                                .toString()
                                .replace(".class", "")
                                .replace(java.io.File.separatorChar, '.');
                var type = Class.forName(name, false, Primitive.class.getClassLoader());
                boolean concrete =
                        !type.isInterface()
                                && !type.isEnum()
                                && !Pointwise.class.isAssignableFrom(type);
                if (Primitive.class.isAssignableFrom(type)
                        && concrete
                        && !Primitives.recordClasses().contains(type)) {
                    missing.add(name);
                }
            }
        }
        assertEquals(
                new TreeSet<>(),
                missing,
                "primitives without a line in sungu.primitive.Primitives");
    }

    @Test
    void labelsAreUnique() {
        for (var label : Primitives.recordLabels()) {
            assertNull(Primitives.pointwise(label), label);
        }
        for (var op : Pointwise.values()) {
            assertEquals(op, Primitives.pointwise(op.label()));
        }
    }
}
