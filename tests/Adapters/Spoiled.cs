using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;

namespace LatentConformance.Tests.Adapters;

/// <summary>The reference in float32, with every answer spoiled in one way.</summary>
internal sealed class Spoiled(string way) : IAnswerer
{
    public static readonly string[] Ways = ["zeros", "NaN", "infinite", "doubled", "an axis more", "[1] for a number", "float64", "no outputs", "the first output only", "declined", "an error"];

    private readonly Mistaken right = new(Checkout.Oracle, null, DType.Float32);

    public Description Description { get; } = new(way, "1", DType.Float32);

    public bool Offers(Operation operation) => true;

    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs) => right.Ask(operation, inputs) switch
    {
        Answered => way switch
        {
            "declined" => new Declined("not today"),
            "an error" => new Raised("no memory"),
            "no outputs" => new Answered(new Dictionary<string, Tensor>()),
            _ => Changed(((Answered)right.Ask(operation, inputs)).Outputs),
        },
        var other => other,
    };

    private Answered Changed(IReadOnlyDictionary<string, Tensor> outputs) =>
        new(outputs.Take(way == "the first output only" ? 1 : outputs.Count).ToDictionary(o => o.Key, o => Changed(o.Value)));

    private Tensor Changed(Tensor tensor) => way switch
    {
        "zeros" => With(tensor, _ => 0),
        "NaN" => tensor.DType == DType.Int64 ? tensor : With(tensor, _ => double.NaN),
        "infinite" => tensor.DType == DType.Int64 ? tensor : With(tensor, _ => double.NegativeInfinity),
        "doubled" => With(tensor, v => 2 * v),
        "an axis more" => Tensor.Of(tensor.DType, [.. tensor.Shape, 1], tensor.ToDoubles()),
        "[1] for a number" => tensor.Rank == 0 ? Tensor.Of(tensor.DType, [1], tensor.ToDoubles()) : tensor,
        "float64" => tensor.DType == DType.Int64 ? tensor : tensor.As(DType.Float64),
        _ => tensor,
    };

    private static Tensor With(Tensor tensor, Func<double, double> change) => Tensor.Of(tensor.DType, tensor.Shape.ToArray(), [.. tensor.ToDoubles().Select(change)]);
}

/// <summary>The reference in bfloat16, which cannot tell close codes apart, with every choice made otherwise where that is legal; what hangs on it is right, or zeros.</summary>
internal sealed class OtherChoice(bool zeros) : IAnswerer
{
    private static readonly Precision Precision = Precision.Of(DType.BFloat16);

    public Description Description { get; } = new("another choice", "1", DType.BFloat16);

    public bool Offers(Operation operation) => true;

    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var wide = inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64 ? i.Value : i.Value.As(DType.Float64));
        var answer = Checkout.Oracle.Ask(operation, wide, Conventions.House);
        if (answer is Answered { Outputs: var ours } && ours.FirstOrDefault(o => o.Value.Tolerance is { IsChoice: true }) is { Key: { } name, Value: var choice })
        {
            var made = choice.ToDoubles();
            foreach (var other in choice.Tolerance!.Alternatives.Where(a => Tolerance.IsLegal(a, Precision, strict: false)))
            {
                made[other.Element] = other.Value;
            }

            var theirs = (Answered)Checkout.Oracle.Ask(operation, wide, Conventions.House, Tensor.Of(DType.Int64, choice.Shape.ToArray(), made));
            answer = new Answered(theirs.Outputs.ToDictionary(o => o.Key, o => zeros && o.Key != name ? Tensor.Of(o.Value.DType, o.Value.Shape.ToArray(), new double[o.Value.Count]) : o.Value));
        }

        return answer is Answered all
            ? new Answered(all.Outputs.ToDictionary(o => o.Key, o => o.Value.DType == DType.Int64 ? o.Value : o.Value.As(DType.BFloat16)))
            : answer;
    }
}
