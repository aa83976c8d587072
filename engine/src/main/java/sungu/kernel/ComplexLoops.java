package sungu.kernel; import sungu.tensor.*; import sungu.primitive.Pointwise;
final class ComplexLoops { static void run(Pointwise op, HostTensor[] in, HostTensor out,int f,int t){} static void join(HostTensor a, HostTensor b, HostTensor out,int f,int t){} }
