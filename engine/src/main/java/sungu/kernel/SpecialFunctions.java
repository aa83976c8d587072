package sungu.kernel; import java.util.function.*; import sungu.primitive.Pointwise;
final class SpecialFunctions { static DoubleUnaryOperator unary(Pointwise op){ return switch(op){case SIN->Math::sin; default->x->x;};} static DoubleBinaryOperator binary(Pointwise op){ return (x,y)->x;} }
