package sungu.ops;

import static sungu.ops.OpTable.ALL;
import static sungu.ops.OpTable.BOOL;
import static sungu.ops.OpTable.COMPLEX;
import static sungu.ops.OpTable.FLOATING;
import static sungu.ops.OpTable.FLOATS;
import static sungu.ops.OpTable.INTS;
import static sungu.ops.OpTable.NUMBERS;
import static sungu.ops.OpTable.REALS;
import static sungu.ops.OpTable.SIGNED;
import static sungu.ops.OpTable.union;

import sungu.ops.OpTable.Smooth;
import sungu.tensor.DType;
import sungu.tensor.Shape;

import java.util.Set;

/** The rows of the op table for elementwise operations. */
final class ElementRows {
    private ElementRows() {}

    static void add(OpTable t) {
        t.unary("Elements.negate", Elements::negate, NUMBERS, Smooth.TWICE, -2, 2);
        t.unary("Elements.abs", Elements::abs, union(SIGNED, COMPLEX), Smooth.ONCE, -2, 2);
        t.unary("Elements.sign", Elements::sign, SIGNED, Smooth.ONCE, -2, 2);
        t.unary("Elements.floor", Elements::floor, REALS, Smooth.ONCE, -2, 2);
        t.unary("Elements.ceil", Elements::ceil, REALS, Smooth.ONCE, -2, 2);
        t.unary("Elements.round", Elements::round, REALS, Smooth.ONCE, -2, 2);
        t.unary("Elements.truncate", Elements::truncate, REALS, Smooth.ONCE, -2, 2);
        t.unary("Elements.square", Elements::square, NUMBERS, Smooth.TWICE, -2, 2);
        t.unary("Elements.sqrt", Elements::sqrt, FLOATING, Smooth.TWICE, 0.3, 3);
        t.unary("Elements.rsqrt", Elements::rsqrt, FLOATING, Smooth.TWICE, 0.3, 3);
        t.unary("Elements.exp", Elements::exp, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.expm1", Elements::expm1, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.log", Elements::log, FLOATING, Smooth.TWICE, 0.3, 3);
        t.unary("Elements.log1p", Elements::log1p, FLOATING, Smooth.TWICE, -0.7, 3);
        t.unary("Elements.sin", Elements::sin, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.cos", Elements::cos, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.tan", Elements::tan, FLOATING, Smooth.TWICE, -1, 1);
        t.unary("Elements.asin", Elements::asin, FLOATING, Smooth.TWICE, -0.9, 0.9);
        t.unary("Elements.acos", Elements::acos, FLOATING, Smooth.TWICE, -0.9, 0.9);
        t.unary("Elements.atan", Elements::atan, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.sinh", Elements::sinh, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.cosh", Elements::cosh, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.tanh", Elements::tanh, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.asinh", Elements::asinh, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.acosh", Elements::acosh, FLOATING, Smooth.TWICE, 1.2, 3);
        t.unary("Elements.atanh", Elements::atanh, FLOATING, Smooth.TWICE, -0.8, 0.8);
        t.unary("Elements.sigmoid", Elements::sigmoid, FLOATING, Smooth.TWICE, -2, 2);
        t.unary("Elements.softplus", Elements::softplus, FLOATS, Smooth.TWICE, -2, 2);
        t.unary("Elements.erf", Elements::erf, FLOATS, Smooth.TWICE, -2, 2);
        t.unary("Elements.erfc", Elements::erfc, FLOATS, Smooth.TWICE, -2, 2);
        t.unary("Elements.erfinv", Elements::erfinv, FLOATS, Smooth.TWICE, -0.8, 0.8);
        t.unary("Elements.lgamma", Elements::lgamma, FLOATS, Smooth.TWICE, 0.5, 4);
        t.unary("Elements.digamma", Elements::digamma, FLOATS, Smooth.ONCE, 0.5, 4);
        t.unary("Elements.trigamma", Elements::trigamma, FLOATS, Smooth.NONE, 0.5, 4);
        t.unary("Elements.isFinite", Elements::isFinite, FLOATS, Smooth.NONE, -2, 2);
        t.unary("Elements.isNan", Elements::isNan, FLOATS, Smooth.NONE, -2, 2);
        t.unary("Elements.isInf", Elements::isInf, FLOATS, Smooth.NONE, -2, 2);
        t.unary("Elements.logicalNot", Elements::logicalNot, BOOL, Smooth.NONE, 0, 1);
        t.unary("Elements.bitwiseNot", Elements::bitwiseNot, INTS, Smooth.NONE, -9, 9);
        t.unary("Elements.conj", Elements::conj, NUMBERS, Smooth.TWICE, -2, 2);
        t.unary("Elements.real", Elements::real, NUMBERS, Smooth.TWICE, -2, 2);
        t.unary("Elements.imag", Elements::imag, NUMBERS, Smooth.NONE, -2, 2);
        t.unary("Elements.cast", x -> Elements.cast(x, DType.FLOAT64), ALL, Smooth.TWICE, -2, 2);
        t.unary(
                "Elements.cast to int8",
                x -> Elements.cast(x, DType.INT8),
                ALL,
                Smooth.NONE,
                -2,
                2);
        t.unary(
                "Elements.cast to float16",
                x -> Elements.cast(x, DType.FLOAT16),
                ALL,
                Smooth.NONE,
                -2,
                2);
        t.unary(
                "Elements.bitcast",
                x -> Elements.bitcast(x, DType.INT32),
                Set.of(DType.FLOAT32, DType.UINT32),
                Smooth.NONE,
                -2,
                2);
        t.unary("Elements.zerosLike", Elements::zerosLike, ALL, Smooth.NONE, -2, 2);
        t.unary("Elements.onesLike", Elements::onesLike, ALL, Smooth.NONE, -2, 2);
        t.unary(
                "Elements.weak",
                x -> x.plus(Elements.weak(2.0, x)).times(Elements.weak(3, x)),
                NUMBERS,
                Smooth.TWICE,
                -2,
                2);
        t.binary("Elements.add", Elements::add, NUMBERS, Smooth.TWICE, -2, 2);
        t.binary(
                "Elements.add scalar",
                Elements::add,
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.SCALAR);
        t.binary(
                "Elements.add stretched",
                Elements::add,
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 1),
                Shape.of(1, 3));
        t.binary("Elements.subtract", Elements::subtract, NUMBERS, Smooth.TWICE, -2, 2);
        t.binary(
                "Elements.subtract scalar",
                Elements::subtract,
                NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.SCALAR,
                Shape.of(2, 3));
        t.binary("Elements.multiply", Elements::multiply, NUMBERS, Smooth.TWICE, -2, 2);
        t.binary("Elements.trueDivide", Elements::trueDivide, NUMBERS, Smooth.TWICE, 0.5, 3);
        t.binary(
                "Elements.truncateDivide", Elements::truncateDivide, NUMBERS, Smooth.TWICE, 0.5, 3);
        t.binary("Elements.divideNoNan", Elements::divideNoNan, FLOATING, Smooth.TWICE, 0.5, 3);
        t.binary("Elements.floorDivide", Elements::floorDivide, REALS, Smooth.NONE, 0.5, 5);
        t.binary("Elements.floorMod", Elements::floorMod, REALS, Smooth.ONCE, 0.6, 5.2);
        t.binary("Elements.remainder", Elements::remainder, REALS, Smooth.ONCE, 0.6, 5.2);
        t.binary("Elements.pow", Elements::pow, union(FLOATING, INTS), Smooth.TWICE, 0.5, 3);
        t.binary("Elements.minimum", Elements::minimum, REALS, Smooth.ONCE, -2, 2);
        t.binary("Elements.maximum", Elements::maximum, REALS, Smooth.ONCE, -2, 2);
        t.binary("Elements.atan2", Elements::atan2, FLOATS, Smooth.TWICE, 0.3, 2);
        t.binary(
                "Elements.nextAfter",
                Elements::nextAfter,
                Set.of(DType.FLOAT32, DType.FLOAT64),
                Smooth.NONE,
                -2,
                2);
        t.binary("Elements.and", Elements::and, union(INTS, BOOL), Smooth.NONE, -9, 9);
        t.binary("Elements.or", Elements::or, union(INTS, BOOL), Smooth.NONE, -9, 9);
        t.binary("Elements.xor", Elements::xor, union(INTS, BOOL), Smooth.NONE, -9, 9);
        t.binary("Elements.shiftLeft", Elements::shiftLeft, INTS, Smooth.NONE, 0, 7);
        t.binary("Elements.shiftRight", Elements::shiftRight, INTS, Smooth.NONE, 0, 7);
        t.binary(
                "Elements.gammainc",
                Elements::gammainc,
                Set.of(DType.FLOAT32, DType.FLOAT64),
                Smooth.ONCE,
                0.5,
                3);
        t.binary(
                "Elements.gammaincGradientA",
                Elements::gammaincGradientA,
                Set.of(DType.FLOAT32, DType.FLOAT64),
                Smooth.NONE,
                0.5,
                3);
        t.binary("Elements.equal", Elements::equal, ALL, Smooth.NONE, -2, 2);
        t.binary("Elements.notEqual", Elements::notEqual, ALL, Smooth.NONE, -2, 2);
        t.binary("Elements.less", Elements::less, REALS, Smooth.NONE, -2, 2);
        t.binary("Elements.lessEqual", Elements::lessEqual, REALS, Smooth.NONE, -2, 2);
        t.binary("Elements.greater", Elements::greater, REALS, Smooth.NONE, -2, 2);
        t.binary("Elements.greaterEqual", Elements::greaterEqual, REALS, Smooth.NONE, -2, 2);
        t.binary(
                "Elements.complex",
                Elements::complex,
                Set.of(DType.FLOAT32, DType.FLOAT64),
                Smooth.NONE,
                -2,
                2);
        t.binary(
                "Elements.broadcastLike",
                Elements::broadcastLike,
                ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(3),
                Shape.of(2, 3));
        t.ternary(
                "Elements.clip",
                Elements::clip,
                REALS,
                Smooth.ONCE,
                Shape.of(2, 3),
                Shape.SCALAR,
                Shape.SCALAR);
        t.ternary(
                "Elements.select",
                (x, y, z) -> Elements.select(Elements.greater(x, y), y, z),
                REALS,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.SCALAR,
                Shape.of(3));
    }
}
