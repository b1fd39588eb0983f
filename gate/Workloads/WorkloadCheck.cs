using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Judging;
using LatentConformance.Contract;
using LatentConformance.Gate.Kernels;

namespace LatentConformance.Gate.Workloads;

/// <summary>
/// The answers on the inputs that are timed. The reference is too slow for all of them: it answers as many rows as it can in a
/// moment, spread over the batch. Outputs with a value a row are judged there on the kernel's answer to the whole batch; all
/// outputs are judged on its answer to those rows alone.
/// </summary>
internal sealed class WorkloadCheck(Oracle oracle)
{
    private static readonly TimeSpan RowsMoment = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SumsMoment = TimeSpan.FromMilliseconds(60);

    /// <summary>What is wrong, or null.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a kernel throws is its answer.")]
    public string? Wrong(IKernel kernel, Workload workload, Action? synchronize)
    {
        try
        {
            var whole = Answered(kernel, workload, synchronize);
            return Unwritten(whole) ?? (Rows.Axis(workload.Operation, workload.Inputs) is { } axis
                ? OnRows(kernel, workload, whole, axis, synchronize)
                : Judged(workload.Operation, workload.Operation.Outputs, workload.Inputs, Expected(workload.Operation, workload.Inputs), whole, kernel.DType));
        }
        catch (Exception crash) when (crash is not GateException)
        {
            return $"on the workload it throws {crash.GetType().Name}: {crash.Message.ReplaceLineEndings(" ")}";
        }
    }

    private string? OnRows(IKernel kernel, Workload workload, IReadOnlyDictionary<string, Tensor> whole, string axis, Action? synchronize)
    {
        var (operation, all) = (workload.Operation, Rows.Count(workload.Operation, workload.Inputs, axis));
        var moment = operation.Outputs.All(f => Rows.Leads(f, axis)) ? RowsMoment : SumsMoment;
        var rows = Rows.Spread(Math.Min(2, all), all);
        var clock = Stopwatch.StartNew();
        var (some, expected) = Sample(rows);
        while (rows.Length < all && clock.Elapsed * 4 < moment)
        {
            rows = Rows.Spread(Math.Min(4 * rows.Length, all), all);
            clock.Restart();
            (some, expected) = Sample(rows);
        }

        var fewer = Rows.Spread((rows.Length + 1) / 2, rows.Length);
        var alone = Expected(operation, Rows.Take(operation, some, axis, fewer));
        var perRow = operation.Outputs.Where(f => Rows.Leads(f, axis) && expected.ContainsKey(f.Name) && Rows.Take(expected[f.Name], fewer).Identical(alone[f.Name])).ToArray();
        var cut = new Workload(operation, workload.Origin, some, expected.ToDictionary(o => o.Key, o => o.Value.Shape.ToArray()));
        return Judged(operation, operation.Outputs, some, expected, Answered(kernel, cut, synchronize), kernel.DType)
            ?? Judged(operation, perRow, some, expected, whole.Where(o => perRow.Any(f => f.Name == o.Key)).ToDictionary(o => o.Key, o => Rows.Take(o.Value, rows)), kernel.DType);

        (Dictionary<string, Tensor> Inputs, IReadOnlyDictionary<string, Tensor> Outputs) Sample(int[] taken)
        {
            var inputs = Rows.Take(operation, workload.Inputs, axis, taken);
            return (inputs, Expected(operation, inputs));
        }
    }

    private static IReadOnlyDictionary<string, Tensor> Answered(IKernel kernel, Workload workload, Action? synchronize)
    {
        var buffers = new Buffers(workload);
        kernel.Call(buffers)();
        synchronize?.Invoke();
        return kernel.Outputs(buffers);
    }

    private IReadOnlyDictionary<string, Tensor> Expected(Operation operation, IReadOnlyDictionary<string, Tensor> inputs) =>
        oracle.Ask(operation, inputs, Conventions.House) is Answered answered
            ? answered.Outputs
            : throw new GateException($"the reference refuses the workload of {operation.Name}; expected inputs that it answers");

    /// <summary>The first value that is still what no kernel answers, or null.</summary>
    public static string? Unwritten(IReadOnlyDictionary<string, Tensor> outputs)
    {
        foreach (var (name, output) in outputs)
        {
            for (var i = 0; i < output.Count; i++)
            {
                if (output.DType == DType.Int64 ? output.Int64[i] == long.MinValue : double.IsNaN(output[i]))
                {
                    return $"on the workload {name}[{i}] is not written, or NaN";
                }
            }
        }

        return null;
    }

    private string? Judged(
        Operation operation,
        IReadOnlyList<Field> fields,
        IReadOnlyDictionary<string, Tensor> inputs,
        IReadOnlyDictionary<string, Tensor> expected,
        IReadOnlyDictionary<string, Tensor> given,
        DType dtype)
    {
        if (!fields.Any(f => given.ContainsKey(f.Name)))
        {
            return null;
        }

        var precision = Precision.Of(dtype);
        var finding = Judge.Judged(fields, expected, given, precision, strict: false);

        // Between two codes that are equally near either is right, and what follows is judged for the one that was taken.
        if (!finding.Right
            && fields.FirstOrDefault(f => expected[f.Name].Tolerance is { IsChoice: true } && given.ContainsKey(f.Name)) is { } choice
            && Judge.Judged(choice, expected[choice.Name], given[choice.Name], precision, strict: false).Right
            && oracle.Ask(operation, inputs, Conventions.House, given[choice.Name]) is Answered other)
        {
            finding = Judge.Judged(fields, other.Outputs, given, precision, strict: false);
        }

        return finding.Right ? null : $"on the workload {finding.Why}";
    }
}
