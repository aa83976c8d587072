package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

/** The part of {@link Ops} about reductions, statistics and shapes. */
abstract sealed class ReducingFunctions extends NumericFunctions permits ArrayFunctions {
    /** {@code keras.ops.arcsinh(x)}. */
    public static Tensor arcsinh(Object x) {
        return tensor(call("arcsinh", x));
    }

    /** {@code keras.ops.arccosh(x)}. */
    public static Tensor arccosh(Object x) {
        return tensor(call("arccosh", x));
    }

    /** {@code keras.ops.arctanh(x)}. */
    public static Tensor arctanh(Object x) {
        return tensor(call("arctanh", x));
    }

    /** {@code keras.ops.ceil(x)}. */
    public static Tensor ceil(Object x) {
        return tensor(call("ceil", x));
    }

    /** {@code keras.ops.floor(x)}. */
    public static Tensor floor(Object x) {
        return tensor(call("floor", x));
    }

    /** {@code keras.ops.fabs(x)}. */
    public static Tensor fabs(Object x) {
        return tensor(call("fabs", x));
    }

    /** {@code keras.ops.sinc(x)}. */
    public static Tensor sinc(Object x) {
        return tensor(call("sinc", x));
    }

    /** {@code keras.ops.deg2rad(x)}. */
    public static Tensor deg2rad(Object x) {
        return tensor(call("deg2rad", x));
    }

    /** {@code keras.ops.rad2deg(x)}. */
    public static Tensor rad2deg(Object x) {
        return tensor(call("rad2deg", x));
    }

    /** {@code keras.ops.tanh(x)}. */
    public static Tensor tanh(Object x) {
        return tensor(call("tanh", x));
    }

    /** {@code keras.ops.cbrt(x)}. */
    public static Tensor cbrt(Object x) {
        return tensor(call("cbrt", x));
    }

    /** {@code keras.ops.abs(x)}. */
    public static Tensor abs(Object x) {
        return tensor(call("abs", x));
    }

    /** {@code keras.ops.absolute(x)}. */
    public static Tensor absolute(Object x) {
        return tensor(call("absolute", x));
    }

    /** {@code keras.ops.negative(x)}. */
    public static Tensor negative(Object x) {
        return tensor(call("negative", x));
    }

    /** {@code keras.ops.sign(x)}. */
    public static Tensor sign(Object x) {
        return tensor(call("sign", x));
    }

    /** {@code keras.ops.square(x)}. */
    public static Tensor square(Object x) {
        return tensor(call("square", x));
    }

    /** {@code keras.ops.reciprocal(x)}. */
    public static Tensor reciprocal(Object x) {
        return tensor(call("reciprocal", x));
    }

    /** {@code keras.ops.trunc(x)}. */
    public static Tensor trunc(Object x) {
        return tensor(call("trunc", x));
    }

    /** {@code keras.ops.round(x)}. */
    public static Tensor round(Object x) {
        return tensor(call("round", x));
    }

    /** {@code keras.ops.round(x, decimals)}. */
    public static Tensor round(Object x, @Nullable Object decimals) {
        return tensor(call("round", x, decimals));
    }

    /** {@code keras.ops.conj(x)}. */
    public static Tensor conj(Object x) {
        return tensor(call("conj", x));
    }

    /** {@code keras.ops.conjugate(x)}. */
    public static Tensor conjugate(Object x) {
        return tensor(call("conjugate", x));
    }

    /** {@code keras.ops.real(x)}. */
    public static Tensor real(Object x) {
        return tensor(call("real", x));
    }

    /** {@code keras.ops.imag(x)}. */
    public static Tensor imag(Object x) {
        return tensor(call("imag", x));
    }

    /** {@code keras.ops.angle(x)}. */
    public static Tensor angle(Object x) {
        return tensor(call("angle", x));
    }

    /** {@code keras.ops.clip(x, x_min, x_max)}. */
    public static Tensor clip(Object x, Object xMin, Object xMax) {
        return tensor(call("clip", x, xMin, xMax));
    }

    /** {@code keras.ops.nan_to_num(x)}. */
    public static Tensor nanToNum(Object x) {
        return tensor(call("nan_to_num", x));
    }

    /** {@code keras.ops.nan_to_num(x, nan)}. */
    public static Tensor nanToNum(Object x, @Nullable Object nan) {
        return tensor(call("nan_to_num", x, nan));
    }

    /** {@code keras.ops.nan_to_num(x, nan, posinf, neginf)}. */
    public static Tensor nanToNum(
            Object x, @Nullable Object nan, @Nullable Object posinf, @Nullable Object neginf) {
        return tensor(call("nan_to_num", x, nan, posinf, neginf));
    }

    /** {@code keras.ops.sum(x)}. */
    public static Tensor sum(Object x) {
        return tensor(call("sum", x));
    }

    /** {@code keras.ops.sum(x, axis)}. */
    public static Tensor sum(Object x, @Nullable Object axis) {
        return tensor(call("sum", x, axis));
    }

    /** {@code keras.ops.sum(x, axis, keepdims)}. */
    public static Tensor sum(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("sum", x, axis, keepdims));
    }

    /** {@code keras.ops.prod(x)}. */
    public static Tensor prod(Object x) {
        return tensor(call("prod", x));
    }

    /** {@code keras.ops.prod(x, axis)}. */
    public static Tensor prod(Object x, @Nullable Object axis) {
        return tensor(call("prod", x, axis));
    }

    /** {@code keras.ops.prod(x, axis, keepdims, dtype)}. */
    public static Tensor prod(
            Object x, @Nullable Object axis, @Nullable Object keepdims, @Nullable Object dtype) {
        return tensor(call("prod", x, axis, keepdims, dtype));
    }

    /** {@code keras.ops.max(x)}. */
    public static Tensor max(Object x) {
        return tensor(call("max", x));
    }

    /** {@code keras.ops.max(x, axis)}. */
    public static Tensor max(Object x, @Nullable Object axis) {
        return tensor(call("max", x, axis));
    }

    /** {@code keras.ops.max(x, axis, keepdims, initial)}. */
    public static Tensor max(
            Object x, @Nullable Object axis, @Nullable Object keepdims, @Nullable Object initial) {
        return tensor(call("max", x, axis, keepdims, initial));
    }

    /** {@code keras.ops.amax(x)}. */
    public static Tensor amax(Object x) {
        return tensor(call("amax", x));
    }

    /** {@code keras.ops.amax(x, axis)}. */
    public static Tensor amax(Object x, @Nullable Object axis) {
        return tensor(call("amax", x, axis));
    }

    /** {@code keras.ops.amax(x, axis, keepdims)}. */
    public static Tensor amax(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("amax", x, axis, keepdims));
    }

    /** {@code keras.ops.min(x)}. */
    public static Tensor min(Object x) {
        return tensor(call("min", x));
    }

    /** {@code keras.ops.min(x, axis)}. */
    public static Tensor min(Object x, @Nullable Object axis) {
        return tensor(call("min", x, axis));
    }

    /** {@code keras.ops.min(x, axis, keepdims, initial)}. */
    public static Tensor min(
            Object x, @Nullable Object axis, @Nullable Object keepdims, @Nullable Object initial) {
        return tensor(call("min", x, axis, keepdims, initial));
    }

    /** {@code keras.ops.amin(x)}. */
    public static Tensor amin(Object x) {
        return tensor(call("amin", x));
    }

    /** {@code keras.ops.amin(x, axis)}. */
    public static Tensor amin(Object x, @Nullable Object axis) {
        return tensor(call("amin", x, axis));
    }

    /** {@code keras.ops.amin(x, axis, keepdims)}. */
    public static Tensor amin(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("amin", x, axis, keepdims));
    }

    /** {@code keras.ops.any(x)}. */
    public static Tensor any(Object x) {
        return tensor(call("any", x));
    }

    /** {@code keras.ops.any(x, axis)}. */
    public static Tensor any(Object x, @Nullable Object axis) {
        return tensor(call("any", x, axis));
    }

    /** {@code keras.ops.any(x, axis, keepdims)}. */
    public static Tensor any(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("any", x, axis, keepdims));
    }

    /** {@code keras.ops.all(x)}. */
    public static Tensor all(Object x) {
        return tensor(call("all", x));
    }

    /** {@code keras.ops.all(x, axis)}. */
    public static Tensor all(Object x, @Nullable Object axis) {
        return tensor(call("all", x, axis));
    }

    /** {@code keras.ops.all(x, axis, keepdims)}. */
    public static Tensor all(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("all", x, axis, keepdims));
    }

    /** {@code keras.ops.mean(x)}. */
    public static Tensor mean(Object x) {
        return tensor(call("mean", x));
    }

    /** {@code keras.ops.mean(x, axis)}. */
    public static Tensor mean(Object x, @Nullable Object axis) {
        return tensor(call("mean", x, axis));
    }

    /** {@code keras.ops.mean(x, axis, keepdims)}. */
    public static Tensor mean(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("mean", x, axis, keepdims));
    }

    /** {@code keras.ops.var(x)}. */
    public static Tensor var(Object x) {
        return tensor(call("var", x));
    }

    /** {@code keras.ops.var(x, axis)}. */
    public static Tensor var(Object x, @Nullable Object axis) {
        return tensor(call("var", x, axis));
    }

    /** {@code keras.ops.var(x, axis, keepdims)}. */
    public static Tensor var(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("var", x, axis, keepdims));
    }

    /** {@code keras.ops.std(x)}. */
    public static Tensor std(Object x) {
        return tensor(call("std", x));
    }

    /** {@code keras.ops.std(x, axis)}. */
    public static Tensor std(Object x, @Nullable Object axis) {
        return tensor(call("std", x, axis));
    }

    /** {@code keras.ops.std(x, axis, keepdims)}. */
    public static Tensor std(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("std", x, axis, keepdims));
    }

    /** {@code keras.ops.ptp(x)}. */
    public static Tensor ptp(Object x) {
        return tensor(call("ptp", x));
    }

    /** {@code keras.ops.ptp(x, axis)}. */
    public static Tensor ptp(Object x, @Nullable Object axis) {
        return tensor(call("ptp", x, axis));
    }

    /** {@code keras.ops.ptp(x, axis, keepdims)}. */
    public static Tensor ptp(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("ptp", x, axis, keepdims));
    }

    /** {@code keras.ops.count_nonzero(x)}. */
    public static Tensor countNonzero(Object x) {
        return tensor(call("count_nonzero", x));
    }

    /** {@code keras.ops.count_nonzero(x, axis)}. */
    public static Tensor countNonzero(Object x, @Nullable Object axis) {
        return tensor(call("count_nonzero", x, axis));
    }

    /** {@code keras.ops.argmax(x)}. */
    public static Tensor argmax(Object x) {
        return tensor(call("argmax", x));
    }

    /** {@code keras.ops.argmax(x, axis)}. */
    public static Tensor argmax(Object x, @Nullable Object axis) {
        return tensor(call("argmax", x, axis));
    }

    /** {@code keras.ops.argmax(x, axis, keepdims)}. */
    public static Tensor argmax(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("argmax", x, axis, keepdims));
    }

    /** {@code keras.ops.argmin(x)}. */
    public static Tensor argmin(Object x) {
        return tensor(call("argmin", x));
    }

    /** {@code keras.ops.argmin(x, axis)}. */
    public static Tensor argmin(Object x, @Nullable Object axis) {
        return tensor(call("argmin", x, axis));
    }

    /** {@code keras.ops.argmin(x, axis, keepdims)}. */
    public static Tensor argmin(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("argmin", x, axis, keepdims));
    }

    /** {@code keras.ops.cumsum(x)}. */
    public static Tensor cumsum(Object x) {
        return tensor(call("cumsum", x));
    }

    /** {@code keras.ops.cumsum(x, axis)}. */
    public static Tensor cumsum(Object x, @Nullable Object axis) {
        return tensor(call("cumsum", x, axis));
    }

    /** {@code keras.ops.cumsum(x, axis, dtype)}. */
    public static Tensor cumsum(Object x, @Nullable Object axis, @Nullable Object dtype) {
        return tensor(call("cumsum", x, axis, dtype));
    }

    /** {@code keras.ops.cumprod(x)}. */
    public static Tensor cumprod(Object x) {
        return tensor(call("cumprod", x));
    }

    /** {@code keras.ops.cumprod(x, axis)}. */
    public static Tensor cumprod(Object x, @Nullable Object axis) {
        return tensor(call("cumprod", x, axis));
    }

    /** {@code keras.ops.cumprod(x, axis, dtype)}. */
    public static Tensor cumprod(Object x, @Nullable Object axis, @Nullable Object dtype) {
        return tensor(call("cumprod", x, axis, dtype));
    }

    /** {@code keras.ops.average(x)}. */
    public static Tensor average(Object x) {
        return tensor(call("average", x));
    }

    /** {@code keras.ops.average(x, axis)}. */
    public static Tensor average(Object x, @Nullable Object axis) {
        return tensor(call("average", x, axis));
    }

    /** {@code keras.ops.average(x, axis, weights)}. */
    public static Tensor average(Object x, @Nullable Object axis, @Nullable Object weights) {
        return tensor(call("average", x, axis, weights));
    }

    /** {@code keras.ops.quantile(x, q)}. */
    public static Tensor quantile(Object x, Object q) {
        return tensor(call("quantile", x, q));
    }

    /** {@code keras.ops.quantile(x, q, axis, method, keepdims)}. */
    public static Tensor quantile(
            Object x,
            Object q,
            @Nullable Object axis,
            @Nullable Object method,
            @Nullable Object keepdims) {
        return tensor(call("quantile", x, q, axis, method, keepdims));
    }

    /** {@code keras.ops.percentile(x, q)}. */
    public static Tensor percentile(Object x, Object q) {
        return tensor(call("percentile", x, q));
    }

    /** {@code keras.ops.percentile(x, q, axis, method, keepdims)}. */
    public static Tensor percentile(
            Object x,
            Object q,
            @Nullable Object axis,
            @Nullable Object method,
            @Nullable Object keepdims) {
        return tensor(call("percentile", x, q, axis, method, keepdims));
    }

    /** {@code keras.ops.median(x)}. */
    public static Tensor median(Object x) {
        return tensor(call("median", x));
    }

    /** {@code keras.ops.median(x, axis)}. */
    public static Tensor median(Object x, @Nullable Object axis) {
        return tensor(call("median", x, axis));
    }

    /** {@code keras.ops.median(x, axis, keepdims)}. */
    public static Tensor median(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("median", x, axis, keepdims));
    }

    /** {@code keras.ops.diff(a)}. */
    public static Tensor diff(Object a) {
        return tensor(call("diff", a));
    }

    /** {@code keras.ops.diff(a, n)}. */
    public static Tensor diff(Object a, @Nullable Object n) {
        return tensor(call("diff", a, n));
    }

    /** {@code keras.ops.diff(a, n, axis)}. */
    public static Tensor diff(Object a, @Nullable Object n, @Nullable Object axis) {
        return tensor(call("diff", a, n, axis));
    }

    /** {@code keras.ops.trapezoid(y)}. */
    public static Tensor trapezoid(Object y) {
        return tensor(call("trapezoid", y));
    }

    /** {@code keras.ops.trapezoid(y, x)}. */
    public static Tensor trapezoid(Object y, @Nullable Object x) {
        return tensor(call("trapezoid", y, x));
    }

    /** {@code keras.ops.trapezoid(y, x, dx, axis)}. */
    public static Tensor trapezoid(
            Object y, @Nullable Object x, @Nullable Object dx, @Nullable Object axis) {
        return tensor(call("trapezoid", y, x, dx, axis));
    }

    /** {@code keras.ops.nansum(x)}. */
    public static Tensor nansum(Object x) {
        return tensor(call("nansum", x));
    }

    /** {@code keras.ops.nansum(x, axis)}. */
    public static Tensor nansum(Object x, @Nullable Object axis) {
        return tensor(call("nansum", x, axis));
    }

    /** {@code keras.ops.nansum(x, axis, keepdims)}. */
    public static Tensor nansum(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("nansum", x, axis, keepdims));
    }

    /** {@code keras.ops.nanprod(x)}. */
    public static Tensor nanprod(Object x) {
        return tensor(call("nanprod", x));
    }

    /** {@code keras.ops.nanprod(x, axis)}. */
    public static Tensor nanprod(Object x, @Nullable Object axis) {
        return tensor(call("nanprod", x, axis));
    }

    /** {@code keras.ops.nanprod(x, axis, keepdims)}. */
    public static Tensor nanprod(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("nanprod", x, axis, keepdims));
    }

    /** {@code keras.ops.nancumsum(x)}. */
    public static Tensor nancumsum(Object x) {
        return tensor(call("nancumsum", x));
    }

    /** {@code keras.ops.nancumsum(x, axis)}. */
    public static Tensor nancumsum(Object x, @Nullable Object axis) {
        return tensor(call("nancumsum", x, axis));
    }

    /** {@code keras.ops.nancumsum(x, axis, dtype)}. */
    public static Tensor nancumsum(Object x, @Nullable Object axis, @Nullable Object dtype) {
        return tensor(call("nancumsum", x, axis, dtype));
    }

    /** {@code keras.ops.nancumprod(x)}. */
    public static Tensor nancumprod(Object x) {
        return tensor(call("nancumprod", x));
    }

    /** {@code keras.ops.nancumprod(x, axis)}. */
    public static Tensor nancumprod(Object x, @Nullable Object axis) {
        return tensor(call("nancumprod", x, axis));
    }

    /** {@code keras.ops.nancumprod(x, axis, dtype)}. */
    public static Tensor nancumprod(Object x, @Nullable Object axis, @Nullable Object dtype) {
        return tensor(call("nancumprod", x, axis, dtype));
    }

    /** {@code keras.ops.nanmax(x)}. */
    public static Tensor nanmax(Object x) {
        return tensor(call("nanmax", x));
    }

    /** {@code keras.ops.nanmax(x, axis)}. */
    public static Tensor nanmax(Object x, @Nullable Object axis) {
        return tensor(call("nanmax", x, axis));
    }

    /** {@code keras.ops.nanmax(x, axis, keepdims)}. */
    public static Tensor nanmax(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("nanmax", x, axis, keepdims));
    }

    /** {@code keras.ops.nanmin(x)}. */
    public static Tensor nanmin(Object x) {
        return tensor(call("nanmin", x));
    }

    /** {@code keras.ops.nanmin(x, axis)}. */
    public static Tensor nanmin(Object x, @Nullable Object axis) {
        return tensor(call("nanmin", x, axis));
    }

    /** {@code keras.ops.nanmin(x, axis, keepdims)}. */
    public static Tensor nanmin(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("nanmin", x, axis, keepdims));
    }

    /** {@code keras.ops.reshape(x, newshape)}. */
    public static Tensor reshape(Object x, Object newshape) {
        return tensor(call("reshape", x, newshape));
    }

    /** {@code keras.ops.ravel(x)}. */
    public static Tensor ravel(Object x) {
        return tensor(call("ravel", x));
    }

    /** {@code keras.ops.transpose(x)}. */
    public static Tensor transpose(Object x) {
        return tensor(call("transpose", x));
    }

    /** {@code keras.ops.transpose(x, axes)}. */
    public static Tensor transpose(Object x, @Nullable Object axes) {
        return tensor(call("transpose", x, axes));
    }

    /** {@code keras.ops.broadcast_to(x, shape)}. */
    public static Tensor broadcastTo(Object x, Object shape) {
        return tensor(call("broadcast_to", x, shape));
    }

    /** {@code keras.ops.expand_dims(x, axis)}. */
    public static Tensor expandDims(Object x, Object axis) {
        return tensor(call("expand_dims", x, axis));
    }

    /** {@code keras.ops.squeeze(x)}. */
    public static Tensor squeeze(Object x) {
        return tensor(call("squeeze", x));
    }

    /** {@code keras.ops.squeeze(x, axis)}. */
    public static Tensor squeeze(Object x, @Nullable Object axis) {
        return tensor(call("squeeze", x, axis));
    }

    /** {@code keras.ops.swapaxes(x, axis1, axis2)}. */
    public static Tensor swapaxes(Object x, Object axis1, Object axis2) {
        return tensor(call("swapaxes", x, axis1, axis2));
    }

    /** {@code keras.ops.moveaxis(x, source, destination)}. */
    public static Tensor moveaxis(Object x, Object source, Object destination) {
        return tensor(call("moveaxis", x, source, destination));
    }

    /** {@code keras.ops.flip(x)}. */
    public static Tensor flip(Object x) {
        return tensor(call("flip", x));
    }

    /** {@code keras.ops.flip(x, axis)}. */
    public static Tensor flip(Object x, @Nullable Object axis) {
        return tensor(call("flip", x, axis));
    }

    /** {@code keras.ops.fliplr(x)}. */
    public static Tensor fliplr(Object x) {
        return tensor(call("fliplr", x));
    }

    /** {@code keras.ops.flipud(x)}. */
    public static Tensor flipud(Object x) {
        return tensor(call("flipud", x));
    }

    /** {@code keras.ops.rot90(array)}. */
    public static Tensor rot90(Object array) {
        return tensor(call("rot90", array));
    }

    /** {@code keras.ops.rot90(array, k)}. */
    public static Tensor rot90(Object array, @Nullable Object k) {
        return tensor(call("rot90", array, k));
    }

    /** {@code keras.ops.rot90(array, k, axes)}. */
    public static Tensor rot90(Object array, @Nullable Object k, @Nullable Object axes) {
        return tensor(call("rot90", array, k, axes));
    }

    /** {@code keras.ops.roll(x, shift)}. */
    public static Tensor roll(Object x, Object shift) {
        return tensor(call("roll", x, shift));
    }

    /** {@code keras.ops.roll(x, shift, axis)}. */
    public static Tensor roll(Object x, Object shift, @Nullable Object axis) {
        return tensor(call("roll", x, shift, axis));
    }
}
