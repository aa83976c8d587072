package sungu.keras.saving;

import io.jhdf.HdfFile;
import io.jhdf.exceptions.HdfException;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Json;
import sungu.keras.config.Serialization;
import sungu.keras.models.Model;
import sungu.keras.training.CompileTrees;
import sungu.tensor.TensorException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Model files: {@code .keras} (a zip of {@code metadata.json}, {@code config.json} and {@code
 * model.weights.h5}) and {@code .weights.h5}. They go both ways between Python Keras and this
 * library.
 *
 * <p>Files are written aside and moved into place. What is read may come from anywhere: sizes are
 * limited, no code is run, and classes come from the catalogues and from what the user has
 * registered.
 */
public final class ModelFiles {
    private static final String KERAS_VERSION = "3.16.0";
    private static final long LARGEST_TEXT = 256L << 20;
    private static final long LARGEST_WEIGHTS = Integer.MAX_VALUE - 64L;
    private static final int LARGEST_RATIO = 1000;

    private interface Writing {
        void to(Path file) throws IOException;
    }

    private ModelFiles() {}

    /** Saves a model with its weights and, if it is compiled, how it is trained. */
    public static void save(Model model, Path file) {
        if (!file.toString().endsWith(".keras")) {
            throw new TensorException(
                    "save: the file name must end in .keras, got " + file,
                    "use saveWeights for .weights.h5 files");
        }
        if (!model.built()) {
            throw new TensorException(
                    "save: model '" + model.name() + "' is not built yet, so it has no weights",
                    "call it on data first");
        }
        aside(
                file,
                target -> {
                    var weights = Files.createTempFile("sungu", ".h5");
                    try {
                        WeightFile.write(WeightTree.of(model), weights);
                        try (var zip = new ZipOutputStream(Files.newOutputStream(target))) {
                            var metadata = new LinkedHashMap<String, @Nullable Object>();
                            metadata.put("keras_version", KERAS_VERSION);
                            metadata.put(
                                    "date_saved",
                                    LocalDateTime.now(java.time.ZoneId.systemDefault())
                                            .format(
                                                    DateTimeFormatter.ofPattern(
                                                            "yyyy-MM-dd@HH:mm:ss")));
                            stored(
                                    zip,
                                    "metadata.json",
                                    Json.write(metadata).getBytes(StandardCharsets.UTF_8));
                            stored(
                                    zip,
                                    "config.json",
                                    Json.write(tree(model)).getBytes(StandardCharsets.UTF_8));
                            stored(zip, "model.weights.h5", Files.readAllBytes(weights));
                        }
                    } finally {
                        Files.deleteIfExists(weights);
                    }
                });
    }

    /** The tree of a model as {@code config.json} has it. */
    static Map<String, @Nullable Object> tree(Model model) {
        @SuppressWarnings("unchecked")
        var tree =
                (Map<String, @Nullable Object>)
                        java.util.Objects.requireNonNull(Serialization.serialize(model));
        var compiled = model.compiled();
        tree.put(
                "compile_config",
                compiled == null ? Map.of() : CompileTrees.write(compiled, model.optimizer()));
        return tree;
    }

    private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var crc = new CRC32();
        crc.update(bytes);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /**
     * Writes beside the file and moves the result into place, so that a failure leaves the old file
     * as it was.
     */
    private static void aside(Path file, Writing writing) {
        var target = file.toAbsolutePath();
        try {
            var folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            var part = Files.createTempFile(folder, "." + target.getFileName(), ".part");
            try {
                writing.to(part);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    /** Saves the weights alone, in a {@code .weights.h5} file. */
    public static void saveWeights(Model model, Path file) {
        if (!file.toString().endsWith(".weights.h5")) {
            throw new TensorException(
                    "saveWeights: the file name must end in .weights.h5, got " + file);
        }
        aside(file, target -> WeightFile.write(WeightTree.of(model), target));
    }

    /**
     * Loads the weights of a {@code .weights.h5} or {@code .keras} file into a model with the same
     * layers.
     */
    public static void loadWeights(Model model, Path file) {
        if (file.toString().endsWith(".keras")) {
            try (var zip = new ZipFile(file.toFile())) {
                readWeights(model, file, entry(zip, file, "model.weights.h5", LARGEST_WEIGHTS));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
            return;
        }
        try {
            if (Files.size(file) > LARGEST_WEIGHTS) {
                throw new TensorException(file + " is larger than 2 GB");
            }
            readWeights(model, file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Loads a model from a {@code .keras} file, or from one of the older {@code .h5} files. */
    public static Model load(Path file) {
        if (file.toString().endsWith(".h5")) {
            try {
                if (Files.size(file) > LARGEST_WEIGHTS) {
                    throw new TensorException(file + " is larger than 2 GB");
                }
                try (var hdf = HdfFile.fromBytes(Files.readAllBytes(file))) {
                    return LegacyFile.read(hdf);
                }
            } catch (IOException e) {
                throw unreadable(file, e);
            } catch (HdfException | ClassCastException e) {
                throw new TensorException(file + " is damaged: " + e.getMessage());
            } catch (TensorException e) {
                throw e.in("model file " + file);
            }
        }
        try (var zip = new ZipFile(file.toFile())) {
            var config =
                    Json.read(
                            new String(
                                    entry(zip, file, "config.json", LARGEST_TEXT),
                                    StandardCharsets.UTF_8));
            var model = Serialization.deserialize(config, Model.class);
            if (config instanceof Map<?, ?> map
                    && map.get("compile_config") instanceof Map<?, ?> compile
                    && !compile.isEmpty()) {
                CompileTrees.read(model, compile);
                if (model.built()) {
                    model.optimizer().build(model.trainableWeights());
                }
            }
            readWeights(model, file, entry(zip, file, "model.weights.h5", LARGEST_WEIGHTS));
            return model;
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (TensorException e) {
            throw e.in("model file " + file);
        } catch (ClassCastException
                | NullPointerException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | NegativeArraySizeException e) {
            // A config may hold anything in the place of anything.
            var damaged =
                    new TensorException(
                            file + " is damaged: its config does not have the form of a model's");
            damaged.addSuppressed(e);
            throw damaged;
        }
    }

    private static TensorException unreadable(Path file, IOException e) {
        var problem = e instanceof ZipException ? "is no model file: " : "can't be read: ";
        return new TensorException(
                file + " " + problem + e.getMessage(),
                "give a .keras file, as model.save writes it");
    }

    private static byte[] entry(ZipFile zip, Path file, String name, long limit)
            throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw new TensorException(
                    file + " has no " + name, "it is not a .keras file, or damaged");
        }
        long packed = Math.max(entry.getCompressedSize(), 1);
        if (entry.getSize() > limit || entry.getSize() / packed > LARGEST_RATIO) {
            throw new TensorException(
                    file
                            + ": "
                            + name
                            + " unpacks to "
                            + entry.getSize()
                            + " bytes, which is refused");
        }
        try (var stream = zip.getInputStream(entry)) {
            var bytes = stream.readNBytes((int) Math.min(limit, Math.max(entry.getSize(), 0)));
            if (stream.read() >= 0) {
                throw new TensorException(file + ": " + name + " is larger than it says");
            }
            return bytes;
        }
    }

    private static void readWeights(Model model, Path file, byte[] bytes) {
        try (var hdf = HdfFile.fromBytes(bytes)) {
            WeightFile.read(WeightTree.of(model), hdf, "optimizer/");
        } catch (HdfException e) {
            throw new TensorException(file + ": the weights are no HDF5 file: " + e.getMessage());
        }
    }
}
