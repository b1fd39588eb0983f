using System.Globalization;
using System.Text.RegularExpressions;

namespace LatentConformance.Contract;

/// <summary>A <see cref="DomainAttribute"/>, read: which values of an input an operation is defined for.</summary>
public sealed partial class Domain
{
    private const double Step = 1.0 / 64;

    private readonly Signature signature;
    private readonly string low;
    private readonly string high;
    private readonly bool isSet;
    private readonly bool includesLow;
    private readonly bool includesHigh;
    private readonly bool includesNaN;

    /// <exception cref="InvalidOperationException">It cannot be read, or names an input that there is not.</exception>
    public Domain(string text, Signature signature)
    {
        this.signature = signature;
        var parts = Form().Match(text);
        if (!parts.Success || signature.Inputs.All(f => f.Name != parts.Groups["input"].Value))
        {
            throw new InvalidOperationException($"{signature.Name} has no domain '{text}'; expected an input of it, as in 'uniforms in (0, 1)'");
        }

        (Input, low, high) = (parts.Groups["input"].Value, parts.Groups["low"].Value, parts.Groups["high"].Value);
        isSet = parts.Groups["open"].Value == "{";
        includesNaN = parts.Groups["nan"].Success;
        (includesLow, includesHigh) = (parts.Groups["open"].Value != "(", parts.Groups["close"].Value != ")");
    }

    public string Input { get; }

    /// <exception cref="RefusalException">An element lies outside.</exception>
    public void RefuseOutside(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var (least, most) = (Bound(low, inputs), Bound(high, inputs));
        var tensor = inputs[Input];
        for (var i = 0; i < tensor.Count; i++)
        {
            var value = tensor[i];
            var isInside = double.IsNaN(value) ? includesNaN
                : isSet ? value == least || value == most
                : (includesLow ? value >= least : value > least) && (includesHigh ? value <= most : value < most);
            if (!isInside)
            {
                var where = tensor.Rank == 0 ? "" : $"[{i}]";
                throw new RefusalException(string.Create(CultureInfo.InvariantCulture, $"{Input}{where} is {value}; it lies in {Shown(least, most)}"));
            }
        }
    }

    /// <summary>Values at its edges that lie outside in every precision; tests take them.</summary>
    public IEnumerable<double> JustOutside(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var (least, most) = (Bound(low, inputs), Bound(high, inputs));
        if (inputs[Input].DType == DType.Int64)
        {
            return isSet ? [least - 1, most + 1] : new[] { includesLow ? least - 1 : least, includesHigh ? most + 1 : most }.Where(double.IsFinite);
        }

        double[] edges = isSet ? [(least + most) / 2, double.NaN]
            : [includesLow ? least - Step : least, includesHigh ? most + Step : most, double.NaN];
        return edges.Where(e => e != double.PositiveInfinity && !(double.IsNaN(e) && includesNaN));
    }

    private string Shown(double least, double most) => string.Create(
        CultureInfo.InvariantCulture, $"{(isSet ? '{' : includesLow ? '[' : '(')}{least}, {most}{(isSet ? '}' : includesHigh ? ']' : ')')}");

    private double Bound(string text, IReadOnlyDictionary<string, Tensor> inputs) =>
        text.Split('^').Select(factor => Factor(factor, inputs)).Aggregate(Math.Pow);

    private double Factor(string text, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (text == "inf")
        {
            return double.PositiveInfinity;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        if (inputs.TryGetValue(text, out var input))
        {
            return input.ToDoubles().Aggregate(1.0, (product, value) => product * value);
        }

        var carrier = signature.Inputs.First(f => f.Axes.Contains(text));
        return inputs[carrier.Name].Shape[carrier.Axes.ToList().IndexOf(text)];
    }

    [GeneratedRegex(@"^(?<input>\w+) in (?<open>[\[({])(?<low>[-\w.^]+), (?<high>[-\w.^]+)(?<close>[\])}])(?<nan> or nan)?$")]
    private static partial Regex Form();
}
