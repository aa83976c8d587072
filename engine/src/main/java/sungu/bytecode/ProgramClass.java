package sungu.bytecode;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/** The class of the emitted methods of one program. It is hidden: it goes when the program goes. */
public final class ProgramClass {
    static final ClassDesc NAME = ClassDesc.of(ProgramClass.class.getPackageName() + ".Emitted");

    private static final MethodTypeDesc RUN =
            Frame.TYPE.insertParameterTypes(0, ConstantDescs.CD_int);

    /**
     * The last version whose code needs no maps of its variables at jumps: making them would take
     * longer than all the rest.
     */
    private static final int VERSION = ClassFile.JAVA_5_VERSION;

    private static final int STATIC = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC;

    private ProgramClass() {}

    /** Defines the class; methods are numbered in their order. */
    public static Loops define(List<Method> methods) {
        var bytes =
                ClassFile.of()
                        .build(
                                NAME,
                                type -> {
                                    type.withVersion(VERSION, 0);
                                    type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
                                    type.withInterfaceSymbols(ClassDesc.of(Loops.class.getName()));
                                    type.withMethodBody(
                                            ConstantDescs.INIT_NAME,
                                            ConstantDescs.MTD_void,
                                            0,
                                            ProgramClass::constructor);
                                    type.withMethodBody(
                                            "run",
                                            RUN,
                                            ClassFile.ACC_PUBLIC,
                                            code -> dispatch(code, methods.size()));
                                    for (int i = 0; i < methods.size(); i++) {
                                        write(type, methods.get(i), name(i));
                                    }
                                });
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (Loops) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("emitted code can't be loaded", e);
        }
    }

    private static void write(ClassBuilder type, Method method, String name) {
        type.withMethodBody(name, Frame.TYPE, STATIC, code -> method.write(code, name));
        for (int i = 0; i < method.parts().size(); i++) {
            var part = method.parts().get(i);
            type.withMethodBody(name + "_" + i, part.type(), STATIC, part.body());
        }
    }

    private static String name(int index) {
        return "nest" + index;
    }

    private static void constructor(CodeBuilder code) {
        code.aload(0);
        code.invokespecial(
                ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        code.return_();
    }

    private static void dispatch(CodeBuilder code, int count) {
        var cases = new ArrayList<SwitchCase>();
        var labels = new Label[count];
        for (int i = 0; i < count; i++) {
            labels[i] = code.newLabel();
            cases.add(SwitchCase.of(i, labels[i]));
        }
        var other = code.newLabel();
        code.iload(1).tableswitch(other, cases);
        for (int i = 0; i < count; i++) {
            code.labelBinding(labels[i]);
            code.aload(2).iload(3).aload(4).iload(5).aload(6).iload(7).iload(8);
            code.invokestatic(NAME, name(i), Frame.TYPE).return_();
        }
        code.labelBinding(other).return_();
    }
}
