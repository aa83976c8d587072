package sungu.bytecode;

import org.jspecify.annotations.Nullable;

import sungu.compile.Nest;
import sungu.kernel.ScalarFunctions;
import sungu.primitive.Cast;
import sungu.primitive.Pointwise;
import sungu.primitive.Primitive;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The code of scalar instructions on the operand stack: an instruction of the virtual machine where
 * there is one, else a call of the function of that name in {@link ScalarFunctions}. What has
 * neither is not supported.
 */
final class ElementCode {
    private static final ClassDesc FUNCTIONS = ClassDesc.of(ScalarFunctions.class.getName());

    /** The functions there are: by name and parameters, what they return. */
    private static final Map<List<Object>, MethodTypeDesc> TYPES = types();

    private ElementCode() {}

    private static Map<List<Object>, MethodTypeDesc> types() {
        var types = new HashMap<List<Object>, MethodTypeDesc>();
        for (var method : ScalarFunctions.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())) {
                var parameters =
                        Arrays.stream(method.getParameterTypes())
                                .map(p -> p.describeConstable().orElseThrow())
                                .toList();
                var result = method.getReturnType().describeConstable().orElseThrow();
                types.put(
                        List.of(method.getName(), parameters),
                        MethodTypeDesc.of(result, parameters));
            }
        }
        return types;
    }

    /** The function of that name and parameters, or null. */
    static @Nullable MethodTypeDesc function(String name, List<ClassDesc> parameters) {
        return TYPES.get(List.of(name, parameters));
    }

    /** Calls a function. */
    static void call(CodeBuilder code, String name, List<ClassDesc> parameters) {
        var type = function(name, parameters);
        if (type == null) {
            throw new IllegalStateException("no function " + name + parameters);
        }
        code.invokestatic(FUNCTIONS, name, type);
    }

    /** Whether there is code for an instruction over elements. */
    static boolean supports(Nest nest, Nest.Instruction instruction) {
        var to = Kind.of(instruction.dtype());
        return to != null && supports(instruction.action(), Frame.kinds(nest, instruction), to);
    }

    private static boolean supports(Primitive action, List<Kind> from, Kind to) {
        if (action instanceof Cast) {
            return from.get(0) == to || isPlain(from.get(0), to) || converts(from, to);
        }
        return action instanceof Pointwise op
                && (isPlain(op, from.get(0)) || function(name(op), types(from)) != null);
    }

    private static boolean converts(List<Kind> from, Kind to) {
        return function(conversion(to), types(from)) != null;
    }

    /** Replaces the operands on the stack by the result. */
    static void emit(CodeBuilder code, Primitive action, List<Kind> from, Kind to) {
        if (action instanceof Pointwise op) {
            if (isPlain(op, from.get(0))) {
                plain(code, op, from.get(0));
            } else {
                call(code, name(op), types(from));
            }
        } else if (!(action instanceof Cast)) {
            throw new IllegalStateException("no code for " + action.label());
        } else if (isPlain(from.get(0), to)) {
            code.conversion(from.get(0).local, to.local);
        } else if (from.get(0) != to) {
            call(code, conversion(to), types(from));
        }
    }

    private static List<ClassDesc> types(List<Kind> kinds) {
        return kinds.stream().map(kind -> kind.parameter).toList();
    }

    private static String conversion(Kind to) {
        return switch (to) {
            case FLOAT -> "toFloat";
            case INT -> "toInt";
            case LONG -> "toLong";
            case BOOL -> "toBoolean";
        };
    }

    /** The name of the function: that of the instruction, as Java spells it. */
    private static String name(Pointwise op) {
        var name = new StringBuilder();
        boolean upper = false;
        for (char c : op.label().toCharArray()) {
            if (c != '_') {
                name.append(upper ? Character.toUpperCase(c) : c);
            }
            upper = c == '_';
        }
        return name.toString();
    }

    private static boolean isPlain(Kind from, Kind to) {
        return switch (from) {
            case BOOL -> to == Kind.FLOAT || to == Kind.LONG || to == Kind.INT;
            case INT -> to == Kind.FLOAT || to == Kind.LONG;
            case LONG -> to == Kind.INT;
            case FLOAT -> false;
        };
    }

    private static boolean isPlain(Pointwise op, Kind kind) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, NEGATE -> kind != Kind.BOOL;
            case DIVIDE -> kind == Kind.FLOAT;
            case AND, OR, XOR -> kind != Kind.FLOAT;
            default -> false;
        };
    }

    private static void plain(CodeBuilder code, Pointwise op, Kind kind) {
        switch (kind) {
            case FLOAT -> {
                switch (op) {
                    case ADD -> code.fadd();
                    case SUBTRACT -> code.fsub();
                    case MULTIPLY -> code.fmul();
                    case DIVIDE -> code.fdiv();
                    default -> code.fneg();
                }
            }
            case INT, BOOL -> {
                switch (op) {
                    case ADD -> code.iadd();
                    case SUBTRACT -> code.isub();
                    case MULTIPLY -> code.imul();
                    case AND -> code.iand();
                    case OR -> code.ior();
                    case XOR -> code.ixor();
                    default -> code.ineg();
                }
            }
            case LONG -> {
                switch (op) {
                    case ADD -> code.ladd();
                    case SUBTRACT -> code.lsub();
                    case MULTIPLY -> code.lmul();
                    case AND -> code.land();
                    case OR -> code.lor();
                    case XOR -> code.lxor();
                    default -> code.lneg();
                }
            }
        }
    }
}
