import org.jspecify.annotations.NullMarked;

/** The {@code sungu} command. */
@NullMarked
module sungu.cli {
    requires sungu.keras;
    requires static org.jspecify;
    requires info.picocli;
    requires java.management;
    requires jdk.jshell;
    requires jdk.management;

    opens sungu.cli to
            info.picocli;
}
