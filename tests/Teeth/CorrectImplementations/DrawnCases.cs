using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Language;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>
/// Cases that nobody picked: a golden's inputs moved by a seed, with every digit that the dtype has, and what the reference
/// answers to them. Values move between those that the golden holds, so that they stay in the operation's domain; what the
/// reference refuses all the same is left out.
/// </summary>
internal sealed class DrawnCases(ulong seed, Precision precision)
{
    /// <summary>One case of every operation, and of its gradient where it has one.</summary>
    public IReadOnlyDictionary<string, Golden> Goldens()
    {
        var drawn = new SortedDictionary<string, Golden>(StringComparer.Ordinal);
        foreach (var forward in Catalogue.Standard.Operations.Where(o => o.Forward is null))
        {
            var answered = Ground.Goldens[forward.Name].Cases.Where(c => !c.Refuses).ToArray();
            var source = answered[new Draws($"{seed}/{forward.Name}").Below(answered.Length)];
            var inputs = forward.Inputs.ToDictionary(f => f.Name, f => Moved(source.Inputs[f.Name], new Draws($"{seed}/{source.Id}/{f.Name}")));
            if (Checkout.Oracle.Ask(forward, inputs, Conventions.House) is not Answered answer)
            {
                continue;
            }

            drawn[forward.Name] = Case(forward, source, inputs, answer.Outputs);
            if (forward.Gradient is { } gradient && !HangsOnANearTie(inputs, forward))
            {
                var all = GoldenMaker.WithCotangents(gradient, forward, $"{seed}/{source.Id}", inputs, answer.Outputs);
                drawn[gradient.Name] = Case(gradient, source, all, ((Answered)Checkout.Oracle.Ask(gradient, all, Conventions.House)).Outputs);
            }
        }

        return drawn;
    }

    /// <summary>
    /// A gradient names no choice and is judged at the reference's own. Where an operation on the same inputs names one and
    /// has another that is legal in this dtype, the gradient is left out; goldens keep a margin there.
    /// </summary>
    private bool HangsOnANearTie(IReadOnlyDictionary<string, Tensor> inputs, Operation forward) => Catalogue.Standard.Operations
        .Where(o => o.Forward is null && o.Inputs.All(i => forward.Inputs.Any(f => f.ToString() == i.ToString())))
        .Select(o => Checkout.Oracle.Ask(o, inputs, Conventions.House))
        .OfType<Answered>()
        .SelectMany(a => a.Outputs.Values)
        .Any(t => t.Tolerance is { IsChoice: true } tolerance && tolerance.Alternatives.Any(a => Tolerance.IsLegal(a, precision, strict: false)));

    private Golden Case(
        Operation operation, VectorCase source, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var levels = new Dictionary<DType, Level>();
        if (Suitability.Of(inputs, outputs, precision) is { } level)
        {
            levels[precision.DType] = level;
        }

        var one = new VectorCase($"{operation.Name}/{source.Id.Split('/')[1]}", source.About, inputs, outputs, levels, Refuses: false);
        return new Golden(operation.Name, operation.Signature.ToString(), "0.1", [one]);
    }

    /// <summary>Rows change places; numbers also move towards another of the same tensor, and shrink together.</summary>
    private Tensor Moved(Tensor tensor, Draws draws)
    {
        var values = tensor.ToDoubles();
        if (tensor.DType == DType.Int64)
        {
            return tensor.Rank == 0 ? tensor : new Tensor(tensor.Shape.ToArray(), [.. Shuffled(values, tensor, draws).Select(v => (long)v)]);
        }

        var way = draws.Below(4);
        var shrink = way == 0 ? 1 - (Fraction(draws) / 2) : 1;
        var shuffled = Shuffled(values, tensor, draws);
        return new Tensor(tensor.Shape.ToArray(), [.. shuffled.Select(v =>
        {
            var (other, part) = (values[draws.Below(values.Length)], Fraction(draws));
            return way == 3 || !double.IsFinite(v) || !double.IsFinite(other) ? v : precision.Round(shrink * (v + (part * (other - v))));
        })]);
    }

    /// <summary>In [0, 1) with 53 digits: the draws of claims lie on a grid, and what is computed of them is often exact.</summary>
    private static double Fraction(Draws draws) => Math.ScaleB(draws.Next() >> 11, -53);

    private static double[] Shuffled(double[] values, Tensor tensor, Draws draws)
    {
        if (tensor.Rank == 0 || values.Length == 0)
        {
            return values;
        }

        var row = values.Length / tensor.Shape[0];
        return [.. draws.Permutation(tensor.Shape[0]).SelectMany(i => values[(i * row)..((i + 1) * row)])];
    }
}
