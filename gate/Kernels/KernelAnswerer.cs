using System.Diagnostics.CodeAnalysis;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate.Kernels;

/// <summary>
/// A set's kernels, asked as any implementation is. A kernel is past the wrapper that refuses bad arguments and answers empty
/// batches, so those cases are declined; how large the outputs are is taken from the reference.
/// </summary>
internal sealed class KernelAnswerer(KernelSet set, DType dtype, IReadOnlyCollection<string> operations, Oracle oracle) : IAnswerer
{
    public Description Description { get; } = new(set.Shown, "0", dtype);

    public bool Offers(Operation operation) => operations.Contains(operation.Name);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a kernel throws is its answer.")]
    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (!Offers(operation))
        {
            return new Unsupported();
        }

        var kernel = set.Find(operation);
        if (kernel is ContractKernel contract)
        {
            return new InProcess(contract.Instance).Ask(operation, inputs);
        }

        if (oracle.Ask(operation, inputs.ToDictionary(i => i.Key, i => Wide(i.Value)), Conventions.House) is not Answered expected)
        {
            return new Declined("a kernel is past the wrapper that refuses");
        }

        if (inputs.Values.Concat(expected.Outputs.Values).Any(t => t.Count == 0))
        {
            return new Declined("nothing to compute; a kernel is past the wrapper that says so");
        }

        var buffers = new Buffers(new Workload(operation, "", inputs, expected.Outputs.ToDictionary(o => o.Key, o => o.Value.Shape.ToArray())));
        try
        {
            kernel.Call(buffers)();
            set.Synchronize?.Invoke();
            return new Answered(kernel.Outputs(buffers));
        }
        catch (Exception crash)
        {
            return new Broken($"{crash.GetType().Name}: {crash.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static Tensor Wide(Tensor tensor) => tensor.DType.IsFloating() ? tensor.As(DType.Float64) : tensor;
}
