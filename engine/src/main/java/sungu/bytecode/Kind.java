package sungu.bytecode;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/** The element types that emitted code computes in. */
enum Kind {
    FLOAT(TypeKind.FLOAT, TypeKind.FLOAT),
    INT(TypeKind.INT, TypeKind.INT),
    LONG(TypeKind.LONG, TypeKind.LONG),
    /** 0 or 1; an {@code int} outside of arrays. */
    BOOL(TypeKind.INT, TypeKind.BYTE);

    final TypeKind local;
    final TypeKind element;

    /** The type of a parameter. */
    final ClassDesc parameter;

    /** The type of an array. */
    final ClassDesc array;

    Kind(TypeKind local, TypeKind element) {
        this.local = local;
        this.element = element;
        parameter = element == TypeKind.BYTE ? ConstantDescs.CD_boolean : local.upperBound();
        array = element.upperBound().arrayType();
    }

    /** The kind of a dtype; null for those that are left to the portable executor. */
    static @Nullable Kind of(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> FLOAT;
            case INT32 -> INT;
            case INT64 -> LONG;
            case BOOL -> BOOL;
            default -> null;
        };
    }

    /** A new array. */
    Object newArray(int size) {
        return switch (this) {
            case FLOAT -> new float[size];
            case INT -> new int[size];
            case LONG -> new long[size];
            case BOOL -> new byte[size];
        };
    }
}
